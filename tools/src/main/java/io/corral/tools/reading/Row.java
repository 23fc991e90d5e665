package io.corral.tools.reading;

import io.corral.Usage;

/**
 * What one container and those below it have used since the start of the JVM. A value that is
 * unknown is {@link Usage#UNKNOWN}.
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

    /** 0 for the root, 1 for the containers in it. */
    public int depth() {
        return isRoot() ? 0 : (int) path.chars().filter(c -> c == '/').count();
    }

    /** The path of the container that this one is in; the root's own path for the root. */
    public String parent() {
        return parentOf(path);
    }

    public static String parentOf(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? "/" : path.substring(0, slash);
    }
}
