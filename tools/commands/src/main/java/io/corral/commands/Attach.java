package io.corral.commands;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Loads the agent into a running JVM, or changes the options of an agent that is there already. */
@Command(
        name = "attach",
        description = {
            "Loads Corral into a running JVM. Its threads are placed and measured from then on. If"
                    + " Corral is there already, its options are changed; a line names those that"
                    + " can't be changed.",
            "docs/options.md has the options. Relative paths start from the current directory. If"
                    + " there is any error in options or rules, all errors are printed and nothing"
                    + " is loaded.",
            "The JVM must run Java 17 or later, as your user unless you are root. Java 21 and later"
                    + " print four lines to the JVM's standard error, which warn that an agent was"
                    + " loaded. There are none if it runs with -XX:+EnableDynamicAgentLoading.",
            "Exit code: 0 if Corral is active there, 1 if it is not or if no metrics can be"
                    + " exported, 2 if an argument is wrong."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class Attach implements Callable<Integer> {

    private static final int FAILED = 1;
    private static final int WRONG_ARGUMENT = 2;

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..*",
            paramLabel = "PID [KEY=VALUE]",
            description =
                    "The JVM's process ID and the agent's options: attach 4711 rules=rules.conf"
                            + " clock=adaptive")
    private List<String> words = List.of();

    @Override
    public Integer call() {
        long pid;
        try {
            pid = pid();
        } catch (IllegalArgumentException noProcess) {
            err().println("corral: " + noProcess.getMessage());
            return WRONG_ARGUMENT;
        }
        AgentArguments arguments = AgentArguments.of(words.subList(1, words.size()), Path.of(""));
        if (!arguments.problems().isEmpty()) {
            arguments.problems().forEach(problem -> err().println("corral: " + problem));
            return WRONG_ARGUMENT;
        }
        AgentAnswer answer = AgentRequest.load(pid, arguments.joined());
        if (answer.problem() != null) {
            err().println("corral: " + answer.problem());
            return FAILED;
        }
        return report(answer.properties(), pid);
    }

    private long pid() {
        if (words.isEmpty()) {
            throw new IllegalArgumentException(
                    "the process ID is missing; expected attach PID [KEY=VALUE]...");
        }
        return JvmProcess.id(words.get(0), "attach");
    }

    private int report(Properties properties, long pid) {
        boolean active = properties.getProperty(AgentAnswer.STARTED) != null;
        String printed = properties.getProperty(AgentAnswer.MESSAGES, active ? "active" : "");
        if (active) {
            printed.lines().forEach(line -> spec.commandLine().getOut().println(line));
            String failed = properties.getProperty(AgentAnswer.FAILED_OPTIONS, "");
            failed.lines().forEach(line -> err().println("corral: " + line));
            return failed.isEmpty() ? 0 : FAILED;
        }
        if (printed.isEmpty()) {
            err().println("corral: not active in JVM " + pid + ": the agent printed nothing");
        }
        printed.lines().forEach(line -> err().println("corral: " + line));
        return FAILED;
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
