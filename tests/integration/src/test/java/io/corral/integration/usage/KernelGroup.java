package io.corral.integration.usage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A cgroup (v1, cpuacct), made for a test: the kernel's own accounting of CPU time. */
final class KernelGroup implements AutoCloseable {

    private static final Path ROOT = Path.of("/sys/fs/cgroup/cpuacct");
    private static final Path SELF = Path.of("/proc/thread-self");

    private final Path path;

    KernelGroup(String name) {
        path = ROOT.resolve(name + "-" + ProcessHandle.current().pid());
        try {
            Files.createDirectory(path);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Why no group can be made here, or null. */
    static @Nullable String unavailableReason() {
        if (!Files.isSymbolicLink(SELF)) {
            return "there is no " + SELF;
        }
        if (!Files.isWritable(ROOT.resolve("tasks"))) {
            return ROOT.resolve("tasks") + " is missing or not writable";
        }
        try {
            new KernelGroup("corral-probe").close();
            return null;
        } catch (UncheckedIOException failure) {
            return "no group can be made in " + ROOT + ": " + failure.getCause();
        }
    }

    /** Moves the calling thread into this group. */
    void enter() {
        write(path.resolve("tasks"));
    }

    /** Moves the calling thread out of all such groups. */
    static void leave() {
        write(ROOT.resolve("tasks"));
    }

    private static void write(Path tasks) {
        try {
            Files.writeString(tasks, Files.readSymbolicLink(SELF).getFileName() + "\n");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    long cpuNanos() {
        try {
            return Long.parseLong(
                    Files.readString(path.resolve("cpuacct.usage")).trim());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Removes the group. The kernel may still hold threads that have just ended. */
    @Override
    public void close() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (true) {
            try {
                Files.deleteIfExists(path);
                return;
            } catch (IOException busy) {
                if (System.nanoTime() > deadline) {
                    throw new UncheckedIOException(busy);
                }
                LockSupport.parkNanos(1_000_000);
            }
        }
    }
}
