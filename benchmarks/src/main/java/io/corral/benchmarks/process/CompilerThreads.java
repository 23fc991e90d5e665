package io.corral.benchmarks.process;

import io.corral.benchmarks.Cpu;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
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
        for (Path thread : of(pid)) {
            sum += onCpu(Files.readString(thread.resolve("schedstat")));
        }
        return sum;
    }

    /** Puts them on a CPU of their own, where they are in nobody's way and have more of it. */
    static void moveTo(Cpu cpu, long pid) throws IOException, InterruptedException {
        for (Path thread : of(pid)) {
            cpu.takeThread(Long.parseLong(thread.getFileName().toString()));
        }
    }

    private static List<Path> of(long pid) throws IOException {
        List<Path> compilers = new ArrayList<>();
        try (DirectoryStream<Path> threads =
                Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
            for (Path thread : threads) {
                if (isCompiler(thread)) {
                    compilers.add(thread);
                }
            }
        }
        return compilers;
    }

    private static boolean isCompiler(Path thread) throws IOException {
        try {
            // The kernel keeps 15 characters of "C2 CompilerThread0".
            return Files.readString(thread.resolve("comm")).matches("(?s)C[12] CompilerThre.*");
        } catch (NoSuchFileException ended) {
            // Another thread: these stay.
            return false;
        }
    }

    /** Of the kernel's three numbers the first. */
    static long onCpu(String schedstat) {
        return Long.parseLong(schedstat.substring(0, schedstat.indexOf(' ')));
    }
}
