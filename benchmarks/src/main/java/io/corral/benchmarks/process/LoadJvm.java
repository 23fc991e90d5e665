package io.corral.benchmarks.process;

import io.corral.benchmarks.Jdk;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The load generator: one process for all services of a CPU or of all, since what it uses is not counted but is in their way. */
final class LoadJvm implements AutoCloseable {

    private static final String MAIN = "io.corral.examples.load.WindowedLoad";
    private static final int PATIENCE_SECONDS = 300;

    /** What it has seen of a window. */
    record Seen(long requests, long nanos, long p99Nanos) {

        /** Requests, nanoseconds, and nanoseconds of the median and of the 99th percentile. */
        static Seen of(String line) {
            String[] words = line.split(" ", -1);
            return new Seen(
                    Long.parseLong(words[0]), Long.parseLong(words[1]), Long.parseLong(words[3]));
        }
    }

    private final Child child;

    /** @param prefix what stands before the command */
    LoadJvm(List<String> prefix, Jdk jdk, String classPath) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(
                jdk.java().toString(), "-Xmx128m", "-XX:+UseSerialGC", "-cp", classPath, MAIN));
        child = new Child(command);
    }

    Seen send(int rounds, int port) throws IOException, InterruptedException {
        child.say(port + " " + rounds);
        return Seen.of(child.await("done ", PATIENCE_SECONDS));
    }

    @Override
    public void close() throws IOException {
        child.close();
    }
}
