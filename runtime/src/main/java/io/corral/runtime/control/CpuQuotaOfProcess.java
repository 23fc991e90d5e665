package io.corral.runtime.control;

/** The quota of the process's cgroup and of those above it, which the JVM rounds up to CPUs. */
final class CpuQuotaOfProcess {

    private static final String ROOT = "/sys/fs/cgroup";

    private CpuQuotaOfProcess() {}

    /** The number of CPUs; positive infinity without a quota, or where it can't be read. */
    static double cpus() {
        double least = Double.POSITIVE_INFINITY;
        for (String line : KernelFile.lines("/proc/self/cgroup")) {
            String[] parts = line.split(":", 3);
            if (parts.length == 3 && parts[1].isEmpty()) {
                least = Math.min(least, least(ROOT, parts[2], true));
            } else if (parts.length == 3 && (',' + parts[1] + ',').contains(",cpu,")) {
                least = Math.min(least, least(ROOT + '/' + parts[1], parts[2], false));
            }
        }
        return least;
    }

    /** The least quota of a group and of those above it, of those that can be seen. */
    static double least(String top, String path, boolean isUnified) {
        // In a container the path may be that of the host, where this process sees the root.
        double least = quota(top, isUnified);
        StringBuilder at = new StringBuilder(top);
        for (String name : path.split("/", -1)) {
            if (!name.isEmpty()) {
                least = Math.min(least, quota(at.append('/').append(name).toString(), isUnified));
            }
        }
        return least;
    }

    private static double quota(String group, boolean isUnified) {
        String[] words = isUnified
                ? KernelFile.lines(group + "/cpu.max")
                : new String[] {
                    first(KernelFile.lines(group + "/cpu.cfs_quota_us"))
                            + ' '
                            + first(KernelFile.lines(group + "/cpu.cfs_period_us"))
                };
        return quota(first(words));
    }

    private static String first(String[] lines) {
        return lines.length == 0 ? "" : lines[0];
    }

    /** @param text the quota and the period */
    static double quota(String text) {
        String[] words = text.split(" ", -1);
        try {
            double quota = words.length < 2 ? -1 : Double.parseDouble(words[0]);
            return quota <= 0 ? Double.POSITIVE_INFINITY : quota / Double.parseDouble(words[1]);
        } catch (NumberFormatException none) {
            // The word "max".
            return Double.POSITIVE_INFINITY;
        }
    }
}
