package io.corral.examples.demo;

import java.util.Set;
import jdk.jfr.consumer.RecordedEvent;

/**
 * The last {@code corral.ContainerTotal} of one container: what it and all below it have used.
 *
 * @param container its path
 * @param runningAllocatedBytes an estimate, not in {@code allocatedBytes}
 * @param threads alive, platform and virtual
 */
record ContainerTotal(
        String hierarchy,
        String container,
        long cpuNanos,
        long allocatedBytes,
        long runningAllocatedBytes,
        long threads,
        long virtualThreads,
        long forks,
        long exits) {

    /** The JVM's own threads. No total above them holds them. */
    private static final Set<String> VM = Set.of("/jvm/gc", "/jvm/jit", "/jvm/other");

    static ContainerTotal of(RecordedEvent event) {
        return new ContainerTotal(
                event.getString("hierarchy"),
                event.getString("container"),
                event.getLong("totalCpuTime"),
                event.getLong("totalAllocated"),
                event.getLong("runningAllocated"),
                event.getLong("threads"),
                event.getLong("virtualThreads"),
                event.getLong("forks"),
                event.getLong("exits"));
    }

    boolean isVm() {
        return hierarchy.equals("main") && VM.contains(container);
    }

    boolean isRoot() {
        return container.equals("/");
    }

    /** The root's is 0. */
    int depth() {
        return isRoot() ? 0 : (int) container.chars().filter(c -> c == '/').count();
    }

    boolean isParentOf(ContainerTotal other) {
        return other.depth() == depth() + 1
                && (isRoot() || other.container.startsWith(container + "/"));
    }
}
