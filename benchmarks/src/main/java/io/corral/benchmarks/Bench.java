package io.corral.benchmarks;

import io.corral.benchmarks.accuracy.AccuracySuite;
import io.corral.benchmarks.harness.Jars;
import io.corral.benchmarks.harness.Jdk;
import io.corral.benchmarks.harness.Report;
import io.corral.benchmarks.harness.Suite;
import io.corral.benchmarks.harness.SuiteOptions;
import io.corral.benchmarks.memory.MemorySuite;
import io.corral.benchmarks.micro.MicroSuite;
import io.corral.benchmarks.service.ServiceSuite;
import io.corral.benchmarks.service.ViewsSuite;
import io.corral.benchmarks.start.StartSuite;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;

/** The command {@code corral bench}: runs one suite, or all of them in turn. */
@Command(
        name = "corral bench",
        usageHelpAutoWidth = true,
        sortOptions = false,
        description = {
            "Measures what Corral costs, each figure with its base from the same run.",
            "Without a suite it runs all of them."
        },
        commandListHeading = "%nSuites:%n")
final class Bench implements SuiteOptions, Callable<Integer> {

    @Option(
            names = "--quick",
            scope = ScopeType.INHERIT,
            description = "Fewer and shorter runs: a look, not a result.")
    private boolean quick;

    @Option(
            names = "--jdk",
            paramLabel = "JDK",
            scope = ScopeType.INHERIT,
            converter = JdkConverter.class,
            description = {
                "A JDK to measure on: its version (17, 21, 25) or its home directory.",
                "May be given more than once. Default: the JDK that runs this command."
            })
    private List<Jdk> jdks = new ArrayList<>();

    @Option(names = "--agent", scope = ScopeType.INHERIT, hidden = true)
    private Path agent = Path.of("agent/target/corral-agent.jar");

    @Option(names = "--examples", scope = ScopeType.INHERIT, hidden = true)
    private Path examples = Path.of("examples/target/corral-examples.jar");

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Prints this help.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    private final Report report = new Report(System.out);

    private Bench() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        Bench bench = new Bench();
        CommandLine line = new CommandLine(bench);
        for (Suite suite : bench.suites()) {
            line.addSubcommand(suite);
        }
        return line.setParameterExceptionHandler((wrong, given) -> {
            wrong.getCommandLine()
                    .getErr()
                    .println("corral bench: " + wrong.getMessage() + "; --help says what is valid");
            return line.getCommandSpec().exitCodeOnInvalidInput();
        });
    }

    private List<Suite> suites() {
        return List.of(
                new StartSuite(this),
                new ServiceSuite(this),
                new ViewsSuite(this),
                new MicroSuite(this),
                new MemorySuite(this),
                new AccuracySuite(this));
    }

    @Override
    public Integer call() throws Exception {
        for (Suite suite : suites()) {
            suite.call();
        }
        return 0;
    }

    @Override
    public boolean isQuick() {
        return quick;
    }

    @Override
    public List<Jdk> jdks() {
        return jdks.isEmpty() ? List.of(Jdk.running()) : jdks;
    }

    @Override
    public Jars jars() throws IOException {
        return Jars.of(agent, examples);
    }

    @Override
    public Report report() {
        return report;
    }

    /** Reports a JDK that does not exist as a wrong argument. */
    static final class JdkConverter implements ITypeConverter<Jdk> {

        @Override
        public Jdk convert(String text) {
            try {
                return Jdk.find(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
