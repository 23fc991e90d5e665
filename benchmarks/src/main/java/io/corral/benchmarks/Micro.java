package io.corral.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs JMH benchmarks in turn, each time in a JVM of its own. */
final class Micro {

    /**
     * In per cent, those iterations of a JVM that were quicker than the one it counts with: what else the machine does makes
     * them slower, never faster, and the fastest of all is luck.
     */
    private static final double QUICKER = 20;

    /** Nanoseconds an operation, one value a JVM: those that passed, and, on the average, those of CPU time. */
    record Times(Sample wall, Sample cpu) {}

    private record Score(double wall, double cpu) {}

    private final Jdk jdk;
    private final Jars jars;
    private final Effort effort;

    Micro(Jdk jdk, Jars jars, Effort effort) {
        this.jdk = jdk;
        this.jars = jars;
        this.effort = effort;
    }

    /**
     * Each case once a round, so that what the machine does meanwhile hits all alike; every second
     * round backwards. Values of one round are a pair.
     */
    Map<Case, Times> measure(int rounds, List<Case> cases) throws RunnerException {
        Map<Case, List<Score>> scores = new LinkedHashMap<>();
        cases.forEach(each -> scores.put(each, new ArrayList<>()));
        for (int i = 0; i < rounds; i++) {
            List<Case> order = new ArrayList<>(cases);
            if (i % 2 == 1) {
                Collections.reverse(order);
            }
            for (Case each : order) {
                scores.get(each).add(run(each));
            }
        }
        Map<Case, Times> times = new LinkedHashMap<>();
        scores.forEach((each, values) -> times.put(
                each,
                new Times(
                        new Sample(values.stream().map(Score::wall).toList()),
                        new Sample(values.stream().map(Score::cpu).toList()))));
        return times;
    }

    private Score run(Case what) throws RunnerException {
        List<String> flags = new ArrayList<>(what.variant().flags(jars));
        flags.addAll(what.flags());
        Options options = new OptionsBuilder()
                .include("^" + Pattern.quote(what.name()) + "$")
                .jvm(jdk.java().toString())
                .jvmArgs(flags.toArray(new String[0]))
                .forks(1)
                .threads(what.threads())
                .warmupIterations(what.isVirtual() ? 1 : effort.warmups)
                .warmupTime(what.isVirtual() ? effort.warmupOfVirtual() : effort.time())
                .measurementIterations(effort.iterations)
                .measurementTime(effort.time())
                .addProfiler(CpuProfiler.class)
                .shouldFailOnError(true)
                .build();
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        OutputFormat format = OutputFormatFactory.createFormatInstance(out, VerboseMode.NORMAL);
        try {
            RunResult result = new Runner(options, format).runSingle();
            return new Score(
                    result.getPrimaryResult().getStatistics().getPercentile(QUICKER),
                    result.getSecondaryResults().get(CpuProfiler.CPU).getScore());
        } catch (RunnerException e) {
            throw new RunnerException(
                    what.name() + " under " + what.variant() + " failed\n"
                            + said.toString(StandardCharsets.UTF_8),
                    e);
        }
    }
}
