package io.corral.commands;

import io.corral.commands.reading.LimitRow;
import io.corral.commands.reading.LiveJvm;
import io.corral.commands.view.LimitTable;
import io.corral.rules.limits.LimitOverride;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code limits}: shows the limits of a running JVM, and changes them. */
@Command(
        name = "limits",
        description = {
            "Shows the containers of a JVM that have limits, where each limit comes from, and what"
                    + " it has done. Sets limits of a container until they are reset or the JVM"
                    + " ends, and opens all limits by hand.",
            "Exit code: 0, 1 if the JVM has no limits or refuses, 2 if an argument is wrong."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class LimitsCommand implements Callable<Integer> {

    private static final int FAILED = 1;
    private static final int WRONG_ARGUMENT = 2;

    private static final String SHOW = "show";
    private static final String SET = "set";
    private static final String RESET = "reset";
    private static final String OFF = "off";
    private static final String ON = "on";

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "PID", description = "The JVM's process ID.")
    private String process;

    @Parameters(
            index = "1..*",
            paramLabel = "show | set PATH CONTROL [VALUE]... | reset PATH | off | on",
            hideParamSyntax = true,
            description = {
                "show: prints the limits; the default.",
                "set: limits a container, as a limit line of the rules file does: set /tenants/acme"
                        + " requests.max 10 wait 2s. fair off and the value max lift a limit.",
                "reset: the container has the limits of the rules file again.",
                "off: opens all limits. on: puts them into force again."
            })
    private List<String> words = new ArrayList<>();

    @Option(names = "--json", description = "Prints a line of JSON.")
    private boolean json;

    @Override
    public Integer call() {
        String action = words.isEmpty() ? SHOW : words.get(0);
        String rest = line(words.subList(Math.min(1, words.size()), words.size()));
        long pid;
        try {
            pid = JvmProcess.id(process, "limits");
            check(action, rest);
        } catch (IllegalArgumentException wrong) {
            err().println("corral: " + wrong.getMessage());
            return WRONG_ARGUMENT;
        }
        String problem = JvmProcess.of(pid).problem();
        if (problem != null) {
            err().println("corral: " + problem);
            return FAILED;
        }
        try (LiveJvm jvm = LiveJvm.connect(pid)) {
            return run(jvm, pid, action, rest);
        } catch (NoClassDefFoundError noModule) {
            err().println("corral: " + RunningJvm.NO_ATTACH_MODULE);
            return FAILED;
        } catch (IOException failure) {
            err().println("corral: " + failure.getMessage());
            return FAILED;
        }
    }

    /** Finds what is wrong before the JVM is asked. */
    private void check(String action, String rest) {
        switch (action) {
            case SHOW, OFF, ON -> {
                if (!rest.isEmpty()) {
                    throw new ParameterException(
                            spec.commandLine(), "unexpected " + rest + " after " + action);
                }
            }
            case SET -> LimitOverride.parse(rest);
            case RESET -> LimitOverride.reset(rest);
            default ->
                throw new ParameterException(
                        spec.commandLine(),
                        "unknown action \"" + action + "\"; expected show, set, reset, off or on");
        }
    }

    private int run(LiveJvm jvm, long pid, String action, String rest) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        switch (action) {
            case SET -> jvm.call("overrideLimits", rest);
            case RESET -> jvm.call("resetLimits", rest);
            case OFF -> {
                if (!jvm.limitState().equals("none")) {
                    jvm.call("switchLimitsOff");
                }
            }
            case ON -> jvm.call("switchLimitsOn");
            default -> {
                // Nothing is changed.
            }
        }
        String state = jvm.limitState();
        List<LimitRow> rows = jvm.limits();
        if (json) {
            out.println(LimitTable.json(jvm.title(), state, rows));
        }
        String line = switch (state) {
            case "none" -> "JVM " + pid + " has no limits";
            case OFF ->
                "all limits of JVM " + pid + " are open; corral limits " + pid
                        + " on puts them into force again";
            case "degraded" ->
                "all limits of JVM " + pid + " are open: its thread corral-control has not"
                        + " run for a second";
            default -> rows.isEmpty() ? "no container of JVM " + pid + " has a limit yet" : "";
        };
        boolean isNone = state.equals("none");
        if (!line.isEmpty()) {
            (isNone || json ? err() : out).println((isNone || json ? "corral: " : "") + line);
        }
        if (!json && !rows.isEmpty()) {
            LimitTable.lines(rows).forEach(out::println);
        }
        return isNone ? FAILED : 0;
    }

    /** The words as a line of the rules file: one with a space stands in quotation marks. */
    private static String line(List<String> words) {
        StringBuilder line = new StringBuilder();
        for (String word : words) {
            boolean isPlain = !word.isEmpty()
                    && word.chars().noneMatch(c -> Character.isWhitespace(c) || c == '"')
                    && word.charAt(0) != '#';
            line.append(line.length() == 0 ? "" : " ")
                    .append(isPlain ? word : "\"" + word.replace("\"", "\\\"") + "\"");
        }
        return line.toString();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
