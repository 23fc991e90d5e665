package io.corral.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A program of these benchmarks in a JVM of its own, which prints {@code name=value}. */
final class Forked {

    private final String output;

    private Forked(String output) {
        this.output = output;
    }

    /** Runs it to its end. */
    static Forked run(Jdk jdk, List<String> flags, Class<?> program, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(jdk.java().toString()));
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        Process process = builder.start();
        String output;
        try {
            process.getOutputStream().close();
            output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            process.destroyForcibly();
        }
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed\n" + output);
        }
        return new Forked(output);
    }

    /** Runs a program under a variant. */
    interface Run {
        Forked run(Variant variant, int round) throws IOException, InterruptedException;
    }

    /** Each variant once a round, so that what the machine does meanwhile hits all alike. */
    static Map<Variant, List<Forked>> inRounds(int rounds, List<Variant> variants, Run each)
            throws IOException, InterruptedException {
        Map<Variant, List<Forked>> runs = new EnumMap<>(Variant.class);
        for (int i = 0; i < rounds; i++) {
            for (Variant variant : variants) {
                runs.computeIfAbsent(variant, unused -> new ArrayList<>())
                        .add(each.run(variant, i));
            }
        }
        return runs;
    }

    /** What each of these has printed behind {@code name}. */
    static Sample sample(String name, List<Forked> runs) {
        return new Sample(runs.stream().map(run -> run.value(name)).toList());
    }

    double value(String name) {
        return output.lines()
                .filter(line -> line.startsWith(name + "="))
                .map(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no " + name + " in\n" + output));
    }
}
