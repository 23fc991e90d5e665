package io.corral.benchmarks.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A group of the kernel's CPU accounting (cgroup v1, {@code cpuacct}). It counts in nanoseconds,
 * with threads that have ended, and takes single threads as well as processes.
 */
public final class KernelGroup implements AutoCloseable {

    private static final Path ROOT = Path.of("/sys/fs/cgroup/cpuacct");
    private static final Path CALLING_THREAD = Path.of("/proc/thread-self");
    private static final AtomicInteger COUNT = new AtomicInteger();

    /** A shell that enters the group and then becomes the command. */
    private static final String ENTER = "echo $$ > \"$0\" && exec \"$@\"";

    private final Path path;

    public KernelGroup() throws IOException {
        path = ROOT.resolve(
                "corral-bench-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet());
        Files.createDirectory(path);
        path.toFile().deleteOnExit();
    }

    /** Whether this process may make groups. */
    public static boolean isAvailable() {
        if (!Files.isWritable(ROOT.resolve("tasks"))) {
            return false;
        }
        try (KernelGroup probe = new KernelGroup()) {
            return probe.cpuNanos() >= 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** The command that runs {@code command} in this group. */
    public List<String> around(List<String> command) {
        List<String> inside = new ArrayList<>(
                List.of("sh", "-c", ENTER, path.resolve("cgroup.procs").toString()));
        inside.addAll(command);
        return inside;
    }

    /** Moves the calling platform thread into this group. */
    public void enter() {
        try {
            Path task = Files.readSymbolicLink(CALLING_THREAD).getFileName();
            Files.writeString(path.resolve("tasks"), task + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public long cpuNanos() throws IOException {
        return Long.parseLong(Files.readString(path.resolve("cpuacct.usage")).trim());
    }

    /** Removes the group. Retries while the kernel still holds a thread that has just ended. */
    @Override
    public void close() throws IOException {
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
