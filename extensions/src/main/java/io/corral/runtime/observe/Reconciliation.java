package io.corral.runtime.observe;

import io.corral.Container;
import io.corral.Usage;
import io.corral.runtime.accounting.OwnCost;
import io.corral.runtime.accounting.VmThreads;
import io.corral.runtime.container.Trees;
import io.corral.runtime.placement.JvmPlaces;

import java.util.Map;

/**
 * The process's CPU time held against all that is accounted for. In nanoseconds since Corral counts:
 * the JVM's start, or a late attach. Each is {@link Usage#UNKNOWN} where it is.
 *
 * @param processNanos what the operating system says; read on its own, never a sum of the others
 * @param containerNanos charged to containers
 * @param vmNanos of the JVM's own threads
 * @param teardownNanos of platform threads after their last reading; an estimate
 * @param ownNanos of Corral's hooks and readings, a part of {@code containerNanos}; an estimate
 */
record Reconciliation(
        long processNanos, long containerNanos, long vmNanos, long teardownNanos, long ownNanos) {

    /** @param usages one reading of all containers, taken just before {@code processNanos} was read */
    static Reconciliation of(Map<Container, Usage> usages, long processNanos, long teardownNanos) {
        long vm = 0;
        for (VmThreads.Kind kind : VmThreads.Kind.values()) {
            vm = sum(vm, cpuNanos(usages, JvmPlaces.JVM.at(kind.container()).api()));
        }
        return new Reconciliation(
                processNanos,
                cpuNanos(usages, Trees.MAIN.root().api()),
                vm,
                teardownNanos,
                OwnCost.nanos());
    }

    private static long cpuNanos(Map<Container, Usage> usages, Container container) {
        Usage usage = usages.get(container);
        return usage == null ? Usage.UNKNOWN : usage.cpuNanos();
    }

    /**
     * What the process has used and nobody knows what for; while the teardown is unknown, that too. By
     * as much as the process's clock is coarse and the teardown an estimate it may be below zero.
     */
    long unattributedNanos() {
        long known = sum(containerNanos, vmNanos);
        if (!Usage.isKnown(known) || !Usage.isKnown(processNanos)) {
            return Usage.UNKNOWN;
        }
        return processNanos - known - (Usage.isKnown(teardownNanos) ? teardownNanos : 0);
    }

    private static long sum(long one, long other) {
        return Usage.isKnown(one) && Usage.isKnown(other) ? one + other : Usage.UNKNOWN;
    }
}
