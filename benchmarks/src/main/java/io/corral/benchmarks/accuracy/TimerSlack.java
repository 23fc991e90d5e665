package io.corral.benchmarks.accuracy;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** How much later than asked the kernel may wake a thread: 50 us, unless it is told otherwise. */
final class TimerSlack {

    private static final Path TASKS = Path.of("/proc/self/task");

    private TimerSlack() {}

    /** For all threads there are, and those they start. Where that is not allowed waits stay longer. */
    static void lower() {
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
            for (Path task : tasks) {
                lower(task.getFileName().toString());
            }
        } catch (IOException unknown) {
            System.err.println("timer slack stays: " + unknown);
        }
    }

    private static void lower(String task) throws IOException {
        try {
            // Threads other than the first are not listed there, but found.
            Files.writeString(Path.of("/proc", task, "timerslack_ns"), "1");
        } catch (NoSuchFileException ended) {
            return;
        }
    }
}
