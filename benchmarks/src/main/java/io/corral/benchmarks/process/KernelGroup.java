package io.corral.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A group of the kernel's own accounting of CPU time (cgroup v1, cpuacct) for one process: to the
 * nanosecond, with threads that have ended, from before the process's program is loaded to after its
 * last thread has gone. It is taken away with this JVM at the latest, else the kernel would keep it.
 */
final class KernelGroup implements AutoCloseable {

    private static final Path ROOT = Path.of("/sys/fs/cgroup/cpuacct");
    private static final AtomicLong NUMBER = new AtomicLong();

    /** A shell moves itself there and then becomes the process: nothing of that escapes. */
    private static final String ENTER = "echo $$ > \"$0\" && exec \"$@\"";

    private final Path path;
    private final AtExit atExit;

    KernelGroup() throws IOException {
        path = ROOT.resolve(
                "corral-bench-" + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet());
        Files.createDirectory(path);
        atExit = new AtExit("end of a group", this::removeAtExit);
    }

    /** Whether there can be one here. */
    static boolean isPossible() {
        if (!Files.isWritable(ROOT.resolve("cgroup.procs"))) {
            return false;
        }
        try {
            new KernelGroup().close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** The command that runs {@code command} in here. */
    List<String> around(List<String> command) {
        List<String> inside = new ArrayList<>(
                List.of("sh", "-c", ENTER, path.resolve("cgroup.procs").toString()));
        inside.addAll(command);
        return inside;
    }

    long cpuNanos() throws IOException {
        return Long.parseLong(Files.readString(usage()).trim());
    }

    /** The file that says in nanoseconds what was used in here. */
    Path usage() {
        return path.resolve("cpuacct.usage");
    }

    /** Takes it away, once its process has ended. */
    @Override
    public void close() throws IOException {
        remove();
        atExit.cancel();
    }

    private void removeAtExit() {
        try {
            remove();
        } catch (IOException e) {
            System.err.println(path + " is left behind: " + e);
        }
    }

    /** The kernel may be busy yet with a process that ends. */
    private void remove() throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (true) {
            try {
                Files.deleteIfExists(path);
                return;
            } catch (IOException busy) {
                if (System.nanoTime() > deadline) {
                    throw busy;
                }
                LockSupport.parkNanos(1_000_000);
            }
        }
    }
}
