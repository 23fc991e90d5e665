package io.corral.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs a JMH benchmark under several variants in turn. */
final class Micro {

    private final Map<Variant, List<String>> flags = new EnumMap<>(Variant.class);
    private final Effort effort;

    Micro(Path agent, Path emptyAgent, Effort effort) {
        flags.put(Variant.BARE, List.of());
        flags.put(Variant.EMPTY, List.of("-javaagent:" + emptyAgent));
        flags.put(Variant.EXACT, List.of("-javaagent:" + agent + "=clock=exact"));
        flags.put(Variant.ADAPTIVE, List.of("-javaagent:" + agent + "=clock=adaptive"));
        this.effort = effort;
    }

    /**
     * Nanoseconds an operation, one value a JVM.
     *
     * @param more flags of each JVM
     */
    Map<Variant, Sample> measure(
            Jdk jdk, Class<?> benchmarks, String method, List<Variant> variants, String... more)
            throws RunnerException {
        Map<Variant, List<Double>> scores = new EnumMap<>(Variant.class);
        for (int i = 0; i < effort.forks; i++) {
            for (Variant variant : variants) {
                double nanos = run(jdk, benchmarks, method, flags.get(variant), more);
                scores.computeIfAbsent(variant, unused -> new ArrayList<>()).add(nanos);
            }
        }
        Map<Variant, Sample> samples = new EnumMap<>(Variant.class);
        scores.forEach((variant, values) -> samples.put(variant, new Sample(values)));
        return samples;
    }

    private double run(
            Jdk jdk, Class<?> benchmarks, String method, List<String> flags, String... more)
            throws RunnerException {
        List<String> all = new ArrayList<>(flags);
        all.addAll(List.of(more));
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + Pattern.quote(benchmarks.getName() + "." + method) + "$")
                .jvm(jdk.java().toString())
                .jvmArgs(all.toArray(new String[0]))
                .forks(1)
                .warmupIterations(effort.warmups)
                .warmupTime(effort.time())
                .measurementIterations(effort.iterations)
                .measurementTime(effort.time())
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        Options built = options.build();
        Collection<RunResult> results = new Runner(built).run();
        return results.iterator().next().getPrimaryResult().getScore();
    }
}
