package io.corral.benchmarks.micro;

import io.corral.benchmarks.harness.Jars;
import io.corral.benchmarks.harness.Jdk;
import io.corral.benchmarks.harness.Samples;
import io.corral.benchmarks.harness.Suite;
import io.corral.benchmarks.harness.SuiteOptions;
import io.corral.benchmarks.micro.Comparison.Case;
import io.corral.benchmarks.micro.Comparison.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Runs the JMH benchmarks. A round runs each case once, in a separate JVM, so that a base and the
 * cases compared with it run under the same conditions. A JVM gives one value, the median of its
 * iterations.
 */
@Command(
        name = "micro",
        description = "JMH benchmarks of hooks, scopes and hand-over.",
        footer = {
            "%nExample:",
            "  corral bench micro --only Yield -- -f 15 -r 2s -rff result.json",
            "-f is the number of rounds. -rff writes JMH's JSON, where jvmArgs names the agent."
        })
public final class MicroSuite extends Suite {

    @Option(
            names = "--only",
            paramLabel = "PATTERN",
            description = "Only benchmarks whose name contains this regular expression.")
    private Pattern only = Pattern.compile("");

    @Parameters(paramLabel = "JMH", arity = "0..*", description = "After --: options of JMH.")
    private List<String> jmh = new ArrayList<>();

    public MicroSuite(SuiteOptions options) {
        super(options);
    }

    @Override
    protected void run(Jdk jdk, Jars jars) throws Exception {
        CommandLineOptions given = parse();
        int rounds = given.getForkCount().orElse(quickOr(3, 7));
        List<RunResult> results = new ArrayList<>();
        for (Comparison comparison : Comparison.all(jdk)) {
            List<Case> cases = new ArrayList<>(List.of(comparison.base()));
            cases.addAll(comparison.cases());
            if (cases.stream().anyMatch(one -> only.matcher(one.name()).find())) {
                Samples<Case> nanos = Samples.inRounds(rounds, cases, one -> {
                    RunResult result = runOnce(given, jdk, jars, one);
                    results.add(result);
                    return result.getPrimaryResult().getStatistics().getPercentile(50);
                });
                show(comparison, nanos);
            }
        }
        if (given.getResult().hasValue()) {
            write(results, Path.of(given.getResult().get()));
        }
    }

    private CommandLineOptions parse() throws CommandLineOptionException {
        CommandLineOptions given = new CommandLineOptions(jmh.toArray(new String[0]));
        if (!given.getIncludes().isEmpty()) {
            throw new CommandLineOptionException("give patterns with --only before the --");
        }
        return given;
    }

    private RunResult runOnce(CommandLineOptions given, Jdk jdk, Jars jars, Case one)
            throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .parent(given)
                .include("^" + Pattern.quote(one.name()) + "$")
                .jvm(jdk.java().toString())
                .jvmArgsPrepend(one.setup().flags(jars).toArray(new String[0]))
                .forks(1)
                .result("/dev/null")
                .shouldFailOnError(true);
        TimeValue time = TimeValue.milliseconds(quickOr(500, 1_000));
        if (!given.getMeasurementTime().hasValue()) {
            options.measurementTime(time);
        }
        if (!given.getWarmupTime().hasValue()) {
            options.warmupTime(time);
        }
        return run(options.build());
    }

    private static RunResult run(Options options) throws RunnerException {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(log, true, StandardCharsets.UTF_8);
        try {
            return new Runner(
                            options,
                            OutputFormatFactory.createFormatInstance(out, VerboseMode.NORMAL))
                    .runSingle();
        } catch (RunnerException e) {
            throw new RunnerException(log.toString(StandardCharsets.UTF_8), e);
        }
    }

    private static void write(List<RunResult> results, Path file) throws IOException {
        try (PrintStream out =
                new PrintStream(Files.newOutputStream(file), false, StandardCharsets.UTF_8)) {
            ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(results);
        }
    }

    private void show(Comparison comparison, Samples<Case> nanos) {
        Case base = comparison.base();
        String title = comparison.title() + ", ";
        double limit = comparison.limit();
        if (comparison.kind() == Kind.NANOS) {
            report().show(title + base.setup(), nanos.of(base), "ns", limit);
            return;
        }
        report().show(
                        title + base.type().getSimpleName() + " under " + base.setup(),
                        nanos.of(base),
                        "ns");
        for (Case one : comparison.cases()) {
            String what = title + one.setup();
            report().show(what, nanos.of(one), "ns");
            if (comparison.kind() == Kind.OVER_BASE) {
                report().show(what + " - base", nanos.difference(one, base), "ns", limit);
            } else {
                report().show(what + " / base", nanos.ratio(one, base), "x", limit);
            }
        }
    }
}
