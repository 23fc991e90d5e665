package io.corral.runtime.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The quota of the process's cgroup and of those above it, which the JVM rounds up to CPUs. */
final class CpuQuotaOfProcess {

    private static final Path ROOT = Path.of("/sys/fs/cgroup");

    private CpuQuotaOfProcess() {}

    /** The number of CPUs; positive infinity without a quota, or where it can't be read. */
    static double cpus() {
        double least = Double.POSITIVE_INFINITY;
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/cgroup"))) {
                String[] parts = line.split(":", 3);
                boolean isUnified = parts[1].isEmpty();
                if (isUnified || (',' + parts[1] + ',').contains(",cpu,")) {
                    Path top = isUnified ? ROOT : ROOT.resolve(parts[1]);
                    // In a container the path may be that of the host, where this sees the root.
                    least = Math.min(least, quota(top, isUnified));
                    Path at = top;
                    for (Path name : Path.of(parts[2])) {
                        at = at.resolve(name);
                        least = Math.min(least, quota(at, isUnified));
                    }
                }
            }
        } catch (IOException | RuntimeException unreadable) {
            return least;
        }
        return least;
    }

    private static double quota(Path group, boolean isUnified) {
        try {
            String text = isUnified
                    ? Files.readString(group.resolve("cpu.max"))
                    : Files.readString(group.resolve("cpu.cfs_quota_us")).trim() + " "
                            + Files.readString(group.resolve("cpu.cfs_period_us"));
            String[] words = text.trim().split(" ", -1);
            double quota = words[0].equals("max") ? -1 : Double.parseDouble(words[0]);
            return quota <= 0 ? Double.POSITIVE_INFINITY : quota / Double.parseDouble(words[1]);
        } catch (IOException | RuntimeException none) {
            return Double.POSITIVE_INFINITY;
        }
    }
}
