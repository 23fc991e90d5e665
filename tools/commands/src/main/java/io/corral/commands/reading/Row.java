package io.corral.commands.reading;

import io.corral.Usage;
import io.corral.report.usage.HierarchyHistory;

/**
 * The usage of one container since the start of the JVM. It has that of the containers below it,
 * unless a comment says that it is the container's own. An unknown value is {@link Usage#UNKNOWN}.
 *
 * @param path of the container, {@code /} for the root. A path without a slash stands for several
 *     containers
 * @param allocatedBytes bytes ever allocated
 * @param threads live platform threads; of both kinds if {@code virtualThreads} is unknown
 * @param virtualThreads live virtual threads
 * @param queuedNanos how long ready virtual threads and tasks have waited
 * @param waits how many such waits have ended
 * @param waiting how many virtual threads and tasks wait now
 * @param gcEstimatedNanos CPU time of the garbage collector, as the JVM has divided it among its
 *     containers
 * @param throttledNanos how long requests have waited because of the container's limits; unknown
 *     without a limit. The same holds for the next
 * @param shed how many requests and starts of threads its limits have refused
 */
public record Row(
        String path,
        long cpuNanos,
        long allocatedBytes,
        long threads,
        long virtualThreads,
        long forks,
        long exits,
        long queuedNanos,
        long waits,
        long waiting,
        long gcEstimatedNanos,
        long throttledNanos,
        long shed) {

    /** In place of a path: what the root has used without the containers below it. */
    public static final String ITSELF = "itself";

    /** In place of a path: the JVM's native threads, whose usage is in no container above them. */
    public static final String NATIVE_THREADS = "JVM's native threads";

    private static final String ROOT = "/";

    /** A row of which only the CPU time is known, as of native threads. */
    public static Row ofCpuTime(String path, long cpuNanos) {
        return new Row(
                path,
                cpuNanos,
                Usage.UNKNOWN,
                Usage.UNKNOWN,
                Usage.UNKNOWN,
                Usage.UNKNOWN,
                Usage.UNKNOWN,
                Usage.UNKNOWN,
                Usage.UNKNOWN,
                Usage.UNKNOWN,
                Usage.UNKNOWN,
                Usage.UNKNOWN,
                Usage.UNKNOWN);
    }

    /** The last name of the path; the path itself for the root; in parentheses if it is no path. */
    public String name() {
        if (isRoot() || isAllNativeThreads()) {
            return path;
        }
        return isContainer() ? path.substring(path.lastIndexOf('/') + 1) : "(" + path + ")";
    }

    /** Whether it is one container. */
    public boolean isContainer() {
        return path.startsWith("/");
    }

    public boolean isRoot() {
        return path.equals(ROOT);
    }

    /** Whether it is the row of all native threads of the JVM. */
    public boolean isAllNativeThreads() {
        return path.equals(NATIVE_THREADS);
    }

    /** Whether it was computed from other rows, for a table. */
    public boolean isComputed() {
        return isAllNativeThreads() || path.equals(ITSELF);
    }

    /** The depth in a table: 0 for the root and the row of native threads, 1 below these. */
    public int depth() {
        if (isRoot() || isAllNativeThreads()) {
            return 0;
        }
        return isContainer() && !HierarchyHistory.belongsToJvm(path)
                ? (int) path.chars().filter(c -> c == '/').count()
                : 1;
    }

    /** The path of the row above in a table; for one of depth 0 its own path. */
    public String parent() {
        return parentOf(path);
    }

    public static String parentOf(String path) {
        if (path.equals(NATIVE_THREADS) || HierarchyHistory.belongsToJvm(path)) {
            return NATIVE_THREADS;
        }
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? ROOT : path.substring(0, slash);
    }

    /**
     * The same row with a part of the garbage collector's CPU time, by what the container has
     * allocated. Unknown if one of both is.
     */
    public Row withGcEstimate(long gcNanos, Row root) {
        long whole = root.allocatedBytes;
        long part = Usage.isKnown(gcNanos) && Usage.isKnown(allocatedBytes) && whole > 0
                ? (long) ((double) gcNanos * allocatedBytes / whole)
                : Usage.UNKNOWN;
        return new Row(
                path,
                cpuNanos,
                allocatedBytes,
                threads,
                virtualThreads,
                forks,
                exits,
                queuedNanos,
                waits,
                waiting,
                part,
                throttledNanos,
                shed);
    }
}
