package io.corral.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures what Corral costs, and prints it beside its budgets. */
@Command(
        name = "corral bench",
        sortOptions = false,
        usageHelpAutoWidth = true,
        customSynopsis = {
            "usage: corral bench [--quick] [--only SUITES] [--java HOME]... [--json FILE] [--page FILE]",
            "       corral bench --from FILE... [--together] [--json FILE] [--page FILE]",
            ""
        },
        synopsisHeading = "",
        description = "Measures what Corral costs, each figure beside its base from the same run.")
final class Bench implements Callable<Integer> {

    @Option(
            names = "--quick",
            description =
                    "In five minutes what is asked first, on the JDK this runs on; with --only fewer and"
                            + " shorter runs of the suites.")
    private boolean quick;

    @Option(
            names = "--only",
            paramLabel = "SUITES",
            split = ",",
            splitSynopsisLabel = ",",
            converter = Choices.Topics.class,
            completionCandidates = Choices.TopicNames.class,
            description = "Some of ${COMPLETION-CANDIDATES}, with commas between.")
    private List<Topic> topics = new ArrayList<>();

    @Option(
            names = "--java",
            paramLabel = "HOME",
            converter = Choices.Jdks.class,
            description =
                    "A JDK to measure on, once or more; else each of 17, 21, 25 there is, but for --quick alone.")
    private List<Jdk> jdks = new ArrayList<>();

    @Option(names = "--json", paramLabel = "FILE", description = "Writes each run's value there.")
    private @Nullable Path json;

    @Option(
            names = "--page",
            paramLabel = "FILE",
            description = "Writes the tables into a page such as docs/performance.md.")
    private @Nullable Path page;

    @Option(
            names = "--from",
            paramLabel = "FILE",
            description = "Measures nothing; the figures are in FILE of --json, once or more.")
    private List<Path> from = new ArrayList<>();

    @Option(
            names = "--together",
            description =
                    "Takes the runs of all these files together, as one longer run; else the last file that has a"
                            + " figure counts.")
    private boolean together;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Prints this.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    @Option(names = "--agent", required = true, hidden = true)
    private Path agent = Path.of("");

    @Option(names = "--examples", required = true, hidden = true)
    private Path examples = Path.of("");

    @Spec
    private CommandSpec spec;

    Bench() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Bench())
                .setParameterExceptionHandler(new Choices.Complaint())
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    failure.printStackTrace(line.getErr());
                    return 1;
                });
    }

    @Override
    public Integer call() throws IOException {
        check();
        return from.isEmpty() ? measure() : readAgain();
    }

    /** Before anything is measured: it may take an hour. */
    private void check() throws IOException {
        try {
            Setting.check(System.getenv());
        } catch (IllegalArgumentException e) {
            throw refuse(e.getMessage());
        }
        if (!from.isEmpty() && (quick || !topics.isEmpty() || !jdks.isEmpty())) {
            throw refuse("--from measures nothing; --quick, --only and --java can't be with it");
        }
        List<Integer> features = jdks.stream().map(Jdk::feature).toList();
        for (int feature : features) {
            if (Collections.frequency(features, feature) > 1) {
                throw refuse("--java names two of JDK " + feature
                        + ", which share a column of the page; measure them one after the other");
            }
        }
        if (together && (from.size() < 2 || json != null)) {
            throw refuse(
                    "--together takes two --from or more, and no --json, whose runs would count again");
        }
        for (Path file : from) {
            if (Collections.frequency(from, file) > 1) {
                throw refuse("--from " + file + " is there twice");
            }
            if (!Files.isReadable(file)) {
                throw refuse("--from " + file + " can't be read");
            }
        }
        if (json != null) {
            @Nullable Path folder = json.toAbsolutePath().getParent();
            if (folder == null || !Files.isWritable(folder) || Files.isDirectory(json)) {
                throw refuse("--json " + json + " can't be written");
            }
        }
        if (page != null) {
            if (!Files.isReadable(page) || !Files.isWritable(page)) {
                throw refuse("--page " + page + " is no file that can be written");
            }
            try {
                new Page(page).check();
            } catch (IllegalArgumentException e) {
                throw refuse("--page " + e.getMessage());
            }
        }
    }

    private ParameterException refuse(String why) {
        return new ParameterException(spec.commandLine(), why);
    }

    private int measure() throws IOException {
        Effort effort = effort();
        if (jdks.isEmpty()) {
            jdks.addAll(effort.isEssential() ? List.of(Jdk.own()) : Jdk.installed());
        }
        Set<Topic> chosen = chosen(effort);
        Jars jars = new Jars(
                agent.toAbsolutePath(),
                AgentJar.of(EmptyAgent.class),
                switchAgent(),
                examples.toAbsolutePath());
        Session session = new Session(command(), System.out, System.err, keeper());
        for (Part part : parts(chosen, jars, effort, session)) {
            session.run(part.topic, part.suite);
        }
        return session.isComplete() ? 0 : 1;
    }

    private static Path switchAgent() throws IOException {
        return AgentJar.of(
                SwitchAgent.class,
                List.of(EventSwitch.class, ApiSwitch.class, Unweaving.class, WithoutHooks.class),
                List.of(ClassReader.class, ClassNode.class));
    }

    /** A suite, on one JDK. */
    private record Part(Topic topic, Suite suite) {}

    /** Before any is measured, since each reads what the environment sets for it. */
    private List<Part> parts(Set<Topic> chosen, Jars jars, Effort effort, Session session) {
        List<Part> parts = new ArrayList<>();
        for (Jdk jdk : jdks) {
            for (Topic topic : chosen) {
                try {
                    parts.add(
                            new Part(topic, topic.suite(jdk, jars, effort, session.sheet(topic))));
                } catch (IllegalArgumentException e) {
                    throw refuse(e.getMessage());
                }
            }
        }
        return parts;
    }

    private Effort effort() {
        if (!quick) {
            return Effort.FULL;
        }
        return topics.isEmpty() ? Effort.ESSENTIAL : Effort.QUICK;
    }

    private Set<Topic> chosen(Effort effort) {
        if (!topics.isEmpty()) {
            return EnumSet.copyOf(topics);
        }
        return effort.isEssential() ? Topic.essential() : EnumSet.allOf(Topic.class);
    }

    private int readAgain() throws IOException {
        List<Report> reports = new ArrayList<>();
        for (Path file : from) {
            try {
                reports.addAll(new ReportFile(file).read());
            } catch (IllegalArgumentException e) {
                throw refuse("--from " + e.getMessage());
            }
        }
        if (together) {
            try {
                reports = Report.together(reports);
            } catch (IllegalArgumentException e) {
                throw refuse("--together: " + e.getMessage());
            }
        }
        Table table = new Table(System.out);
        for (Topic topic : Topic.values()) {
            Report.rows(reports, topic).forEach(table::print);
        }
        keep(reports);
        return 0;
    }

    private Session.Keeper keeper() {
        return new Session.Keeper() {
            @Override
            public void keepSoFar(Report report) throws IOException {
                write(List.of(report));
            }

            @Override
            public void keep(Report report) throws IOException {
                Bench.this.keep(List.of(report));
            }
        };
    }

    private void write(List<Report> reports) throws IOException {
        if (json != null) {
            new ReportFile(json).write(reports);
        }
    }

    private void keep(List<Report> reports) throws IOException {
        write(reports);
        if (page != null) {
            new Page(page).write(reports);
        }
    }

    /** Without where files and JDKs are: that is nobody's business in a page. */
    private String command() {
        StringBuilder command = new StringBuilder();
        new TreeMap<>(System.getenv()).forEach((name, value) -> {
            if (name.startsWith("CORRAL_BENCH_")) {
                command.append(name).append('=').append(value).append(' ');
            }
        });
        command.append(AddressSpace.prefix()).append("./corral bench");
        if (quick) {
            command.append(" --quick");
        }
        if (!topics.isEmpty()) {
            command.append(" --only ");
            command.append(String.join(",", topics.stream().map(Topic::toString).toList()));
        }
        return command.toString();
    }
}
