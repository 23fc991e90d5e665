package io.corral.commands.reading;

import io.corral.Usage;

/**
 * The usage of one container, with those below it, since the start of the JVM. An unknown value is
 * {@link Usage#UNKNOWN}.
 *
 * @param path of the container, {@code /} for the root
 * @param allocatedBytes bytes ever allocated
 * @param threads live platform threads
 * @param virtualThreads live virtual threads
 * @param queuedNanos how long ready virtual threads and tasks have waited
 */
public record Row(
        String path,
        long cpuNanos,
        long allocatedBytes,
        long threads,
        long virtualThreads,
        long forks,
        long exits,
        long queuedNanos) {

    /** The last name of the path; the path itself for the root. */
    public String name() {
        return isRoot() ? path : path.substring(path.lastIndexOf('/') + 1);
    }

    public boolean isRoot() {
        return path.equals("/");
    }

    /** The depth of the container: 0 for the root, 1 for its children. */
    public int depth() {
        return isRoot() ? 0 : (int) path.chars().filter(c -> c == '/').count();
    }

    /** The path of the parent; for the root its own path. */
    public String parent() {
        return parentOf(path);
    }

    public static String parentOf(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? "/" : path.substring(0, slash);
    }
}
