package io.corral.integration.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A group of the kernel with a quota of CPU time. Only where this process may make one. */
public final class QuotaGroup implements AutoCloseable {

    private static final List<Path> PARENTS =
            List.of(Path.of("/sys/fs/cgroup/cpu"), Path.of("/sys/fs/cgroup"));

    private final Path folder;

    private QuotaGroup(Path folder) {
        this.folder = folder;
    }

    /** @return null if there can be none */
    public static @Nullable QuotaGroup ofMicros(int quota, int period) {
        for (Path parent : PARENTS) {
            QuotaGroup made = new QuotaGroup(
                    parent.resolve("corral-test-" + ProcessHandle.current().pid()));
            try {
                Files.createDirectory(made.folder);
                if (made.set(quota, period)) {
                    return made;
                }
                Files.delete(made.folder);
            } catch (IOException notAllowed) {
                // The next one.
            }
        }
        return null;
    }

    private boolean set(int quota, int period) throws IOException {
        if (Files.isWritable(folder.resolve("cpu.max"))) {
            Files.writeString(folder.resolve("cpu.max"), quota + " " + period);
            return true;
        }
        if (Files.isWritable(folder.resolve("cpu.cfs_quota_us"))) {
            Files.writeString(folder.resolve("cpu.cfs_period_us"), Integer.toString(period));
            Files.writeString(folder.resolve("cpu.cfs_quota_us"), Integer.toString(quota));
            return true;
        }
        return false;
    }

    /** A process joins that writes its ID there. */
    public String processes() {
        return folder.resolve("cgroup.procs").toString();
    }

    /** Waits until the processes have ended. */
    @Override
    public void close() {
        Waits.until(this::isDeleted);
    }

    private boolean isDeleted() {
        try {
            Files.deleteIfExists(folder);
            return true;
        } catch (IOException used) {
            return false;
        }
    }
}
