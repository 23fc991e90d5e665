package io.corral.tools;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Loads the agent into a running JVM, or gives new options to the agent in it. */
@Command(
        name = "attach",
        description = {
            "Loads Corral into a JVM that runs: its threads are placed, and counted from then on. If Corral is there"
                    + " already, options are changed; a line says which can't be.",
            "Options are the agent's own, as docs/options.md has them. Relative files are looked for from here. If anything"
                    + " is wrong with them, or with the rules, all of it is said, and nothing is loaded.",
            "The JVM has to run as the same user, unless you are root, on Java 17 or later. From Java 21 on it warns, in four lines on its"
                    + " standard error, that an agent was loaded.",
            "Exit code: 0 if Corral is active there, 1 if it is not, 2 if the command can't be understood."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class Attach implements Callable<Integer> {

    private static final int NOT_ACTIVE = 1;
    private static final int MISUNDERSTOOD = 2;

    /** The system properties that an agent sets: that it is active, and the lines of its start. */
    private static final String STARTED = "io.corral.agent.started";

    private static final String SAID = "io.corral.agent.attached";

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..*",
            paramLabel = "PID [KEY=VALUE]",
            description =
                    "The JVM's process, and the agent's options: attach 4711 rules=rules.conf clock=adaptive")
    private List<String> words = List.of();

    // Set by picocli.
    @SuppressWarnings("NullAway")
    Attach() {}

    @Override
    public Integer call() {
        long pid;
        String arguments;
        try {
            pid = pid();
            arguments = AgentArguments.of(words.subList(1, words.size()), Path.of(""));
        } catch (IllegalArgumentException noProcess) {
            err().println("corral: " + noProcess.getMessage());
            return MISUNDERSTOOD;
        } catch (AgentArguments.WrongException wrong) {
            wrong.faults().forEach(fault -> err().println("corral: " + fault));
            return MISUNDERSTOOD;
        }
        String problem;
        try {
            problem = JvmProcess.of(pid).whyNot();
            if (problem == null) {
                return attach(pid, arguments);
            }
        } catch (NoClassDefFoundError noModule) {
            problem = "this Java can't attach, it has no module jdk.attach; set JAVA_HOME to a JDK";
        } catch (IOException noAnswer) {
            problem = "JVM " + pid + " does not answer: " + noAnswer.getMessage()
                    + "; is it stopped? Start it with -javaagent";
        }
        err().println("corral: " + problem);
        return NOT_ACTIVE;
    }

    private long pid() {
        if (words.isEmpty()) {
            throw new IllegalArgumentException(
                    "a process is missing; expected attach PID [KEY=VALUE]...");
        }
        try {
            return Long.parseLong(words.get(0));
        } catch (NumberFormatException noNumber) {
            throw new IllegalArgumentException(
                    "\"" + words.get(0)
                            + "\" is no process; expected its number, as in attach 4711",
                    noNumber);
        }
    }

    private int attach(long pid, String arguments) throws IOException {
        RunningJvm.Answer answer = RunningJvm.load(pid, arguments);
        if (answer.problem() != null) {
            err().println("corral: " + answer.problem());
            return NOT_ACTIVE;
        }
        return report(answer.properties(), pid);
    }

    private int report(Properties properties, long pid) {
        boolean active = properties.getProperty(STARTED) != null;
        String said = properties.getProperty(SAID, active ? "active" : "");
        if (active) {
            said.lines().forEach(line -> spec.commandLine().getOut().println(line));
            return 0;
        }
        if (said.isEmpty()) {
            err().println("corral: not active in JVM " + pid + ": the agent has said nothing");
        }
        said.lines().forEach(line -> err().println("corral: " + line));
        return NOT_ACTIVE;
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
