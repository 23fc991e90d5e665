package io.corral.examples.demo;

import java.util.Set;
import jdk.jfr.consumer.RecordedEvent;

/**
 * The last {@code corral.ContainerTotal} of one container: its usage, including all containers
 * below it.
 *
 * @param container its path
 * @param settledAllocatedBytes the exact part of {@code allocatedBytes}
 * @param threads live platform threads
 */
record ContainerTotal(
        String hierarchy,
        String container,
        long cpuNanos,
        long allocatedBytes,
        long settledAllocatedBytes,
        long threads,
        long virtualThreads,
        long forks,
        long exits) {

    /** The JVM's own native threads. The totals of containers above do not include them. */
    private static final Set<String> NATIVE = Set.of("/jvm/gc", "/jvm/jit", "/jvm/other");

    static ContainerTotal of(RecordedEvent event) {
        return new ContainerTotal(
                event.getString("hierarchy"),
                event.getString("container"),
                event.getLong("totalCpuTime"),
                event.getLong("totalAllocated"),
                event.getLong("settledAllocated"),
                event.getLong("threads"),
                event.getLong("virtualThreads"),
                event.getLong("forks"),
                event.getLong("exits"));
    }

    boolean isNative() {
        return hierarchy.equals("main") && NATIVE.contains(container);
    }

    boolean isRoot() {
        return container.equals("/");
    }

    /** The number of names in the path; 0 for the root. */
    int depth() {
        return isRoot() ? 0 : (int) container.chars().filter(c -> c == '/').count();
    }

    boolean isParentOf(ContainerTotal other) {
        return other.depth() == depth() + 1
                && (isRoot() || other.container.startsWith(container + "/"));
    }
}
