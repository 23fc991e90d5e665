package io.corral.benchmarks.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Runs a command to its end and tells what it took, JVM's start and exit included. */
abstract class WholeRun {

    /** Who tells the CPU time. */
    abstract String source();

    /** How finely. */
    abstract double stepNanos();

    /** What the process says is only shown if it fails. */
    final Figures figures(List<String> command) throws IOException, InterruptedException {
        return figures(command, WholeRun::untilTheEnd);
    }

    /** As {@link #figures}, with its memory where that is known: who looks for it is in the process's way, a little. */
    final Figures figuresWithMemory(List<String> command) throws IOException, InterruptedException {
        return figures(command, PeakMemory::untilTheEnd);
    }

    abstract Figures figures(List<String> command, Watch watch)
            throws IOException, InterruptedException;

    /** Waits for a process to end. */
    interface Watch {

        /** @return the most memory it had, in megabytes, if that was looked for and told */
        OptionalDouble untilTheEnd(Process process) throws InterruptedException;
    }

    private static OptionalDouble untilTheEnd(Process process) throws InterruptedException {
        process.waitFor();
        return OptionalDouble.empty();
    }

    /**
     * Of a whole life.
     *
     * @param elapsedMillis by the clock on the wall, with the shell that starts it
     * @param peakMegabytes what it had most of in memory, where that was looked for and the kernel tells
     */
    record Figures(double cpuMillis, double elapsedMillis, OptionalDouble peakMegabytes) {}

    /** What is told of a process from outside. */
    private record Watched(double elapsedMillis, OptionalDouble peakMegabytes) {

        Figures with(double cpuMillis) {
            return new Figures(cpuMillis, elapsedMillis, peakMegabytes);
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

        /** The shell that enters the group becomes the process. */
        @Override
        Figures figures(List<String> command, Watch watch)
                throws IOException, InterruptedException {
            try (KernelGroup group = new KernelGroup()) {
                Watched seen = run(group.around(command), command, watch);
                return seen.with(group.cpuNanos() / 1e6);
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

        /** The process is the shell's, and not to be watched from here. */
        @Override
        Figures figures(List<String> command, Watch watch)
                throws IOException, InterruptedException {
            Path times = Files.createTempFile("corral-bench", ".time");
            try {
                List<String> timed = new ArrayList<>(List.of("bash", "-c", TIME, times.toString()));
                timed.addAll(command);
                Watched seen = run(timed, command, WholeRun::untilTheEnd);
                return seen.with(millis(Files.readString(times)));
            } finally {
                Files.delete(times);
            }
        }

        /** From user and system seconds. */
        static double millis(String times) {
            String[] seconds = times.trim().replace(',', '.').split(" ", -1);
            return 1e3 * (Double.parseDouble(seconds[0]) + Double.parseDouble(seconds[1]));
        }
    }

    private static Watched run(List<String> wrapped, List<String> command, Watch watch)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("corral-bench", ".out");
        try {
            long began = System.nanoTime();
            Process process = new ProcessBuilder(wrapped)
                    .redirectInput(new File("/dev/null"))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            OptionalDouble peak = watch.untilTheEnd(process);
            double elapsed = (System.nanoTime() - began) / 1e6;
            if (process.exitValue() != 0) {
                throw new IOException("exited with " + process.exitValue() + ": "
                        + String.join(" ", command) + "\n" + Files.readString(output));
            }
            return new Watched(elapsed, peak);
        } finally {
            Files.delete(output);
        }
    }
}
