package io.corral.commands;

import io.corral.rules.file.RuleSet;
import io.corral.rules.file.RulesParser;
import io.corral.rules.threads.CheckedRule;
import io.corral.runtime.control.LimitText;
import io.corral.runtime.placement.Placement;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The command {@code rules check}: checks a rules file, and applies it to the threads of a dump.
 */
@Command(
        name = "check",
        description = {
            "Prints all errors in a rules file. For each thread of a dump it prints the rule that"
                    + " places the thread, and its container.",
            "With a process ID, it prints the rules in force in this JVM that have matched"
                    + " nothing.",
            "Exit code: 0 if there are no errors, 1 if there are, 2 if a file or the JVM can't be"
                    + " read."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class RulesCheck implements Callable<Integer> {

    private static final String PID_PATTERN = "\\d{1,9}";

    /** Is in the JVM's answer if its rules file was changed and has an error now. */
    private static final String NOT_IN_FORCE = " are not in force: ";

    private static final int HAS_ERRORS = 1;
    private static final int UNREADABLE = 2;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE|PID",
            description = "The rules file, or the process ID of a JVM with Corral.")
    private Path file;

    @Option(
            names = "--threads",
            paramLabel = "DUMP",
            description = {
                "The output of jcmd PID Thread.print, or of jcmd PID Thread.dump_to_file, which has"
                        + " virtual threads, too, as text or as JSON."
            })
    private @Nullable Path dump;

    @Option(
            names = "--container",
            paramLabel = "PATH",
            description = {
                "A container, such as /tenants/acme or endpoint:/orders of another hierarchy."
                        + " Prints its limits, and the line that decides each of them."
            })
    private @Nullable String container;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        if (dump == null && file.toString().matches(PID_PATTERN) && !Files.exists(file)) {
            return checkJvm(Long.parseLong(file.toString()), out, err);
        }
        String rules;
        List<DumpedThread> threads;
        try {
            rules = RulesText.read(file);
            threads = dump == null ? List.of() : threads(dump);
        } catch (IOException unreadable) {
            err.println("corral: " + unreadable.getMessage());
            return UNREADABLE;
        }
        if (container != null && !container.matches("([^/]+:)?(/[^/]+)+")) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--container is \"" + container + "\"; expected a path such as /tenants/acme");
        }
        RulesParser.Parsed parsed = RulesParser.parse(file.toString(), rules);
        RulesText.errors(file, parsed.errors()).forEach(err::println);
        if (!parsed.errors().isEmpty()) {
            return HAS_ERRORS;
        }
        out.println(parsed.rules().size() + (parsed.rules().size() == 1 ? " rule" : " rules")
                + ", no errors");
        parsed.rules().warnings().forEach(warning -> out.println("warning: " + warning));
        // The placeholder {name} applies the rules for names that are in force.
        Placement.rules(parsed.rules());
        print(threads, parsed.rules(), out);
        if (container != null) {
            out.println(container + ": " + describeLimits(container, parsed.rules()));
        }
        return 0;
    }

    /** The limits of a container, each with the line that decides it. */
    private static String describeLimits(String container, RuleSet rules) {
        int slash = container.indexOf('/');
        String hierarchy = slash <= 0 ? "main" : container.substring(0, slash - 1);
        String[] names = container.substring(slash + 1).split("/", -1);
        List<LimitText> limits = LimitText.of(rules.limits().settings(hierarchy, names));
        return limits.isEmpty()
                ? "no limits"
                : limits.stream().map(RulesCheck::describe).collect(Collectors.joining(", "));
    }

    private static String describe(LimitText limit) {
        return limit.text() + (limit.isMonitored() ? " (monitor) " : " ") + limit.origin();
    }

    /** Asks a JVM which of its rules have matched nothing, and whether its file has errors. */
    private static int checkJvm(long pid, PrintWriter out, PrintWriter err) {
        AgentAnswer answer = AgentRequest.ask(pid, "rules?");
        if (answer.problem() != null) {
            err.println("corral: " + answer.problem());
            return UNREADABLE;
        }
        answer.lines().forEach(out::println);
        return answer.lines().stream().anyMatch(line -> line.contains(NOT_IN_FORCE))
                ? HAS_ERRORS
                : 0;
    }

    private static List<DumpedThread> threads(Path dump) throws IOException {
        List<DumpedThread> threads;
        try {
            String text = new String(Files.readAllBytes(dump), StandardCharsets.UTF_8);
            threads = ThreadDump.threads(text);
        } catch (IOException unreadable) {
            throw new IOException(RulesText.describe(dump, unreadable), unreadable);
        }
        if (threads.isEmpty()) {
            throw new IOException(
                    "no threads in " + dump + "; expected a thread dump, as text or as JSON");
        }
        return threads;
    }

    private static void print(List<DumpedThread> threads, RuleSet rules, PrintWriter out) {
        for (DumpedThread thread : threads) {
            String kind = thread.isVirtual() ? "virtual  \"" : "platform \"";
            out.println(kind + thread.name() + "\": " + describePlace(thread, rules));
        }
    }

    private static String describePlace(DumpedThread thread, RuleSet rules) {
        List<CheckedRule> decisions =
                DefaultPlace.belongsToJvm(thread) ? List.of() : rules.decisions(thread);
        StringBuilder place = new StringBuilder();
        boolean isPlaced = decisions.stream().anyMatch(RulesCheck::decidesMain);
        if (!isPlaced) {
            place.append(DefaultPlace.of(thread));
        }
        for (CheckedRule decision : decisions) {
            place.append(place.length() == 0 ? "" : ", ")
                    .append(decision.rule())
                    .append(" -> ");
            if (!isMain(decision)) {
                place.append("hierarchy ").append(decision.hierarchy()).append(' ');
            }
            place.append(decision.outcome());
        }
        if (isPlaced && DefaultPlace.mayBeCarrier(thread)) {
            place.append(DefaultPlace.OR_CARRIERS);
        }
        return place.toString();
    }

    private static boolean decidesMain(CheckedRule decision) {
        return decision.decides() && isMain(decision);
    }

    private static boolean isMain(CheckedRule decision) {
        return decision.hierarchy().equals("main");
    }
}
