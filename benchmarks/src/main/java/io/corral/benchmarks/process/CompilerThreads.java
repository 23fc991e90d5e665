package io.corral.benchmarks.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** The threads of a JVM that compile: what they use is warming up, and no request's. */
final class CompilerThreads {

    /** They stay, so that what they have used can be read at any time. */
    static final List<String> FLAGS = List.of("-XX:-UseDynamicNumberOfCompilerThreads");

    private CompilerThreads() {}

    /** Whether they can be told from others here. */
    static boolean areKnown() {
        return Files.isReadable(Path.of("/proc/self/schedstat"));
    }

    /** CPU time of all of them so far, in nanoseconds. 0 where they are not known. */
    static long cpuNanos(long pid) throws IOException {
        if (!areKnown()) {
            return 0;
        }
        long sum = 0;
        try (DirectoryStream<Path> threads =
                Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
            for (Path thread : threads) {
                sum += cpuNanos(thread);
            }
        }
        return sum;
    }

    private static long cpuNanos(Path thread) throws IOException {
        try {
            // The kernel keeps 15 characters of "C2 CompilerThread0".
            if (Files.readString(thread.resolve("comm")).matches("(?s)C[12] CompilerThre.*")) {
                return onCpu(Files.readString(thread.resolve("schedstat")));
            }
        } catch (NoSuchFileException ended) {
            // Another thread: these stay.
        }
        return 0;
    }

    /** Of the kernel's three numbers the first. */
    static long onCpu(String schedstat) {
        return Long.parseLong(schedstat.substring(0, schedstat.indexOf(' ')));
    }
}
