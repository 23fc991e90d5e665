package io.corral.benchmarks;

import io.corral.benchmarks.slices.SlicesProgram;
import io.corral.benchmarks.slices.Work;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A JVM that works when it is told to, and sleeps in between. */
final class SlicesJvm implements AutoCloseable {

    private final Work work;
    private final List<String> command;
    private final Process process;
    private final BufferedReader out;
    private final PrintStream in;
    private final List<Double> slices = new ArrayList<>();

    SlicesJvm(Jdk jdk, List<String> flags, Work work) throws IOException {
        this.work = work;
        command = new ArrayList<>(Cpu.prefixOfLast());
        command.add(jdk.java().toString());
        command.addAll(flags);
        command.addAll(List.of("-XX:+UseSerialGC", "-Xmn" + work.youngMegabytes + "m"));
        // Where a process can't be put on one CPU its virtual threads are on one carrier all the
        // same.
        command.add("-Djdk.virtualThreadScheduler.parallelism=1");
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                SlicesProgram.class.getName(),
                work.name()));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        process = builder.start();
        out = new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
        in = new PrintStream(process.getOutputStream(), true, StandardCharsets.US_ASCII);
    }

    void warmUp(int slices) throws IOException {
        nanosEach(slices);
    }

    void slice() throws IOException {
        slices.add(nanosEach(1));
    }

    /** Corral's hooks, in a JVM with the agent for this. */
    void switchOff() throws IOException {
        String answer = ask(String.valueOf(SwitchAgent.OFF));
        if (!answer.startsWith(SwitchAgent.SWITCHED)) {
            throw new IOException(
                    "this JVM can't be switched off, it says \"" + answer + "\": " + command);
        }
    }

    private double nanosEach(int slices) throws IOException {
        return Double.parseDouble(ask(String.valueOf(slices))) / slices / work.timesOfSlice;
    }

    private String ask(String line) throws IOException {
        in.println(line);
        String answer = out.readLine();
        if (answer == null) {
            throw new IOException("this JVM has ended too soon: " + command);
        }
        return answer;
    }

    /**
     * Nanoseconds of one in the slice that a fifth of all slices were faster than. What else the
     * machine does makes slices slower, never faster, so the fast ones tell what it costs; the
     * fastest of all is luck.
     */
    double undisturbedNanos() {
        return new Sample(slices).quick(5);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
