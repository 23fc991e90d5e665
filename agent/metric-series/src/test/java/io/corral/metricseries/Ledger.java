package io.corral.metricseries;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Hierarchy;
import io.corral.Snapshot;
import io.corral.Usage;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps by hand what containers have used, and makes snapshots of it. The containers are the API's,
 * which charges nothing to them without the agent.
 */
public final class Ledger {

    public final Hierarchy hierarchy;

    private final Map<Container, long[]> own = new LinkedHashMap<>();
    private final Map<Container, Long> removed = new LinkedHashMap<>();

    public long totalNanos;

    /** CPU time of the garbage collector. */
    long gcNanos;

    public Ledger(String name) {
        hierarchy = Containers.hierarchy(name);
        own.put(hierarchy.root(), new long[1]);
    }

    public Container create(Container parent, String name) {
        Container made = parent.create(name);
        own.put(made, new long[1]);
        return made;
    }

    public void charge(Container container, long nanos) {
        own.get(container)[0] += nanos;
        totalNanos += nanos;
    }

    /** The container has no children. */
    public void remove(Container container) {
        long used = own.remove(container)[0] + removed.getOrDefault(container, 0L);
        removed.remove(container);
        removed.merge(container.parent(), used, Long::sum);
        container.remove();
    }

    /** Through a scope that was open when a child of {@code parent} was removed. */
    public void chargeRemoved(Container parent, long nanos) {
        removed.merge(parent, nanos, Long::sum);
        totalNanos += nanos;
    }

    public long ownNanos(Container container) {
        return own.get(container)[0];
    }

    public Snapshot snapshot() {
        Map<Container, long[]> sums = new LinkedHashMap<>();
        own.forEach((container, nanos) ->
                sums.put(container, new long[] {nanos[0] + removed.getOrDefault(container, 0L)}));
        List<Container> childrenFirst = new ArrayList<>(sums.keySet());
        Collections.reverse(childrenFirst);
        for (Container each : childrenFirst) {
            if (each.parent() != null) {
                sums.get(each.parent())[0] += sums.get(each)[0];
            }
        }
        Map<Container, Usage> usages = new LinkedHashMap<>();
        sums.forEach((container, nanos) -> usages.put(container, usage(nanos[0])));
        Map<Container, Usage> ofRemoved = new LinkedHashMap<>();
        removed.forEach((container, nanos) -> ofRemoved.put(container, usage(nanos)));
        return new Kept(List.of(hierarchy), usages, ofRemoved, totalNanos, gcNanos);
    }

    /** One snapshot of the hierarchies of two ledgers. */
    static Snapshot both(Snapshot one, Snapshot other) {
        Kept first = (Kept) one;
        Kept second = (Kept) other;
        Map<Container, Usage> usages = new LinkedHashMap<>(first.usages);
        usages.putAll(second.usages);
        Map<Container, Usage> removed = new LinkedHashMap<>(first.removed);
        removed.putAll(second.removed);
        return new Kept(
                List.of(first.hierarchies.get(0), second.hierarchies.get(0)),
                usages,
                removed,
                second.totalNanos,
                second.gcNanos);
    }

    private static Usage usage(long nanos) {
        return new Usage(
                nanos,
                0,
                10 * nanos,
                10 * nanos,
                nanos % 3,
                nanos % 2,
                nanos,
                0,
                3 * nanos,
                2 * nanos,
                nanos % 5);
    }

    private record Kept(
            List<Hierarchy> hierarchies,
            Map<Container, Usage> usages,
            Map<Container, Usage> removed,
            long totalNanos,
            long gcNanos)
            implements Snapshot {

        @Override
        public Instant time() {
            return Instant.EPOCH;
        }

        @Override
        public Map<Container, Usage> usages(Hierarchy of) {
            return hierarchies.contains(of)
                    ? of(of, usages)
                    : Map.of(Containers.at("/jvm/gc"), Ledger.usage(gcNanos));
        }

        @Override
        public Map<Container, Usage> removedUsages(Hierarchy of) {
            return of(of, removed);
        }

        private static Map<Container, Usage> of(Hierarchy one, Map<Container, Usage> all) {
            Map<Container, Usage> its = new LinkedHashMap<>();
            all.forEach((container, usage) -> {
                if (container.hierarchy() == one) {
                    its.put(container, usage);
                }
            });
            return its;
        }

        @Override
        public long processCpuNanos() {
            return totalNanos;
        }

        @Override
        public long containerCpuNanos() {
            return totalNanos;
        }

        @Override
        public long jvmCpuNanos() {
            return 0;
        }

        @Override
        public long ownCpuNanos() {
            return 0;
        }
    }
}
