package io.corral.benchmarks.accuracy;

import io.corral.benchmarks.Jdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Runs a program in a JVM of its own with the packaged agent, and takes the splits it prints. */
record Forked(Jdk jdk, Path agent) {

    /** What {@link Ledgers} needs. */
    private static final List<String> OPENED = List.of(
            "--add-opens=java.management/sun.management=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED");

    Map<Mix, List<Split>> splits(
            String policy, List<String> flags, Class<?> program, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(jdk.java().toString());
        command.addAll(OPENED);
        command.addAll(flags);
        command.add("-javaagent:" + agent + "=clock=" + policy);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String out =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            if (code != 0) {
                throw new IllegalStateException("exit code " + code + " of " + command);
            }
            return byMix(out);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    static Map<Mix, List<Split>> byMix(String out) {
        Map<Mix, List<Split>> splits = new EnumMap<>(Mix.class);
        out.lines()
                .filter(Split::isLine)
                .map(Split::parse)
                .forEach(split -> splits.computeIfAbsent(split.mix(), unused -> new ArrayList<>())
                        .add(split));
        return splits;
    }
}
