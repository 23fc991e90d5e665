package io.corral.benchmarks.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs a command to its end and tells the CPU time of its whole life, JVM's start and exit included. */
abstract class WholeRun {

    /** Who tells the CPU time. */
    abstract String source();

    /** How finely. */
    abstract double stepNanos();

    /** In milliseconds. What the process says is only shown if it fails. */
    abstract double cpuMillis(List<String> command) throws IOException, InterruptedException;

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
        double cpuMillis(List<String> command) throws IOException, InterruptedException {
            try (KernelGroup group = new KernelGroup()) {
                run(group.around(command), command);
                return group.cpuNanos() / 1e6;
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
        double cpuMillis(List<String> command) throws IOException, InterruptedException {
            Path times = Files.createTempFile("corral-bench", ".time");
            try {
                List<String> timed = new ArrayList<>(List.of("bash", "-c", TIME, times.toString()));
                timed.addAll(command);
                run(timed, command);
                return millis(Files.readString(times));
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

    private static void run(List<String> wrapped, List<String> command)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("corral-bench", ".out");
        try {
            Process process = new ProcessBuilder(wrapped)
                    .redirectInput(new File("/dev/null"))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            int exit = process.waitFor();
            if (exit != 0) {
                throw new IOException("exited with " + exit + ": " + String.join(" ", command)
                        + "\n" + Files.readString(output));
            }
        } finally {
            Files.delete(output);
        }
    }
}
