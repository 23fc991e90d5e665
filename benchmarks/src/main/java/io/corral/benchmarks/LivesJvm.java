package io.corral.benchmarks;

import io.corral.benchmarks.lives.LivesProgram;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A JVM that starts threads when it is told to, and sleeps in between. */
final class LivesJvm implements AutoCloseable {

    private final List<String> command;
    private final Process process;
    private final BufferedReader out;
    private final PrintStream in;
    private final List<Double> slices = new ArrayList<>();

    LivesJvm(Jdk jdk, List<String> flags) throws IOException {
        command = new ArrayList<>(OneCpu.prefix());
        command.add(jdk.java().toString());
        command.addAll(flags);
        command.addAll(List.of("-XX:+UseSerialGC", "-Xmn64m"));
        command.addAll(List.of(
                "-cp", System.getProperty("java.class.path"), LivesProgram.class.getName()));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        process = builder.start();
        out = new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
        in = new PrintStream(process.getOutputStream(), true, StandardCharsets.US_ASCII);
    }

    void warmUp(int threads) throws IOException {
        nanosEach(threads);
    }

    void slice(int threads) throws IOException {
        slices.add(nanosEach(threads));
    }

    private double nanosEach(int threads) throws IOException {
        in.println(threads);
        String nanos = out.readLine();
        if (nanos == null) {
            throw new IOException("this JVM has ended too soon: " + command);
        }
        return Double.parseDouble(nanos) / threads;
    }

    /**
     * Nanoseconds of a life in the slice that a fifth of all slices were faster than. What else the
     * machine does makes slices slower, never faster, so the fast ones tell what a life costs; the
     * fastest of all is luck.
     */
    double undisturbedNanos() {
        List<Double> sorted = new ArrayList<>(slices);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 5);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
