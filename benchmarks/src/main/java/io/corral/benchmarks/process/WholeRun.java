package io.corral.benchmarks.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicReference;

/** Runs a command to its end and tells what it took, JVM's start and exit included. */
abstract class WholeRun {

    /** Who tells the CPU time. */
    abstract String source();

    /** How finely. */
    abstract double stepNanos();

    /** What the process says is only shown if it fails. */
    abstract Figures figures(List<String> command) throws IOException, InterruptedException;

    /** As {@link #figures}, with its memory where that is known: who looks for it is in the process's way, a little. */
    abstract Figures figuresWithMemory(List<String> command)
            throws IOException, InterruptedException;

    /**
     * Of a whole life.
     *
     * @param elapsedMillis by the clock on the wall, with the shell that starts it
     * @param peakMegabytes what it had most of in memory, where that was looked for and the kernel tells
     */
    record Figures(double cpuMillis, double elapsedMillis, OptionalDouble peakMegabytes) {

        Figures(double cpuMillis, double elapsedMillis) {
            this(cpuMillis, elapsedMillis, OptionalDouble.empty());
        }
    }

    /** The finest there is here. */
    static WholeRun finest() {
        return KernelGroup.isPossible() ? new InGroup() : new ByShell();
    }

    static final class InGroup extends WholeRun {

        @Override
        String source() {
            return "a cgroup v1 each";
        }

        @Override
        double stepNanos() {
            return 1;
        }

        @Override
        Figures figures(List<String> command) throws IOException, InterruptedException {
            try (KernelGroup group = new KernelGroup()) {
                double elapsed = run(group.around(command), command, Process::waitFor);
                return new Figures(group.cpuNanos() / 1e6, elapsed);
            }
        }

        /** The shell that enters the group becomes the process. */
        @Override
        Figures figuresWithMemory(List<String> command) throws IOException, InterruptedException {
            AtomicReference<OptionalDouble> peak = new AtomicReference<>(OptionalDouble.empty());
            try (KernelGroup group = new KernelGroup()) {
                double elapsed = run(
                        group.around(command),
                        command,
                        process -> peak.set(PeakMemory.untilTheEnd(process)));
                return new Figures(group.cpuNanos() / 1e6, elapsed, peak.get());
            }
        }
    }

    /** What the shell learns when it waits for the process (rusage). */
    static final class ByShell extends WholeRun {

        private static final String TIME = "TIMEFORMAT='%3U %3S'; { time \"$@\" 2>&1; } 2>\"$0\"";

        @Override
        String source() {
            return "bash";
        }

        @Override
        double stepNanos() {
            return 1e6;
        }

        @Override
        Figures figures(List<String> command) throws IOException, InterruptedException {
            Path times = Files.createTempFile("corral-bench", ".time");
            try {
                List<String> timed = new ArrayList<>(List.of("bash", "-c", TIME, times.toString()));
                timed.addAll(command);
                double elapsed = run(timed, command, Process::waitFor);
                return new Figures(millis(Files.readString(times)), elapsed);
            } finally {
                Files.delete(times);
            }
        }

        /** The process is the shell's, and not to be found from here. */
        @Override
        Figures figuresWithMemory(List<String> command) throws IOException, InterruptedException {
            return figures(command);
        }

        /** From user and system seconds. */
        static double millis(String times) {
            String[] seconds = times.trim().replace(',', '.').split(" ", -1);
            return 1e3 * (Double.parseDouble(seconds[0]) + Double.parseDouble(seconds[1]));
        }
    }

    private interface Wait {

        void forEndOf(Process process) throws InterruptedException;
    }

    /** @return how long it took, in milliseconds */
    private static double run(List<String> wrapped, List<String> command, Wait wait)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("corral-bench", ".out");
        try {
            long began = System.nanoTime();
            Process process = new ProcessBuilder(wrapped)
                    .redirectInput(new File("/dev/null"))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            wait.forEndOf(process);
            double elapsed = (System.nanoTime() - began) / 1e6;
            if (process.exitValue() != 0) {
                throw new IOException("exited with " + process.exitValue() + ": "
                        + String.join(" ", command) + "\n" + Files.readString(output));
            }
            return elapsed;
        } finally {
            Files.delete(output);
        }
    }
}
