package io.corral.commands;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code why}: which rule placed a thread of a running JVM, and when. */
@Command(
        name = "why",
        description = {
            "Prints the container of a platform thread in a JVM with Corral, the rule that placed"
                    + " it there, and since when.",
            "Java 21 and later print four lines to the JVM's standard error, which warn that an"
                    + " agent was loaded. There are none if it runs with"
                    + " -XX:+EnableDynamicAgentLoading.",
            "Exit code: 0 if there is such a thread, 1 if there is none or no Corral, 2 if an"
                    + " argument is wrong."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class Why implements Callable<Integer> {

    private static final int UNANSWERED = 1;
    private static final int WRONG_ARGUMENT = 2;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "PID", description = "The JVM's process ID.")
    private String process;

    @Parameters(
            index = "1",
            paramLabel = "THREAD",
            description =
                    "The thread's name, or its ID as a thread dump or Thread.threadId() shows it.")
    private String thread;

    @Override
    public Integer call() {
        long pid;
        try {
            pid = JvmProcess.id(process, "why");
        } catch (IllegalArgumentException noProcess) {
            err().println("corral: " + noProcess.getMessage());
            return WRONG_ARGUMENT;
        }
        AgentAnswer answer = AgentRequest.ask(pid, "why=" + thread);
        String problem = answer.problem();
        if (problem == null && answer.lines().isEmpty()) {
            problem = "JVM " + pid + " has no live platform thread with the name or ID \"" + thread
                    + "\"; list them with jcmd " + pid
                    + " Thread.print; virtual threads and the JVM's"
                    + " own, such as VM Thread, can't be asked for";
        }
        if (problem != null) {
            err().println("corral: " + problem);
            return UNANSWERED;
        }
        answer.lines().forEach(line -> spec.commandLine().getOut().println(line));
        return 0;
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
