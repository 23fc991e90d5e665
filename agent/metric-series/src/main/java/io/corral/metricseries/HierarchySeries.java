package io.corral.metricseries;

import io.corral.Container;
import io.corral.Hierarchy;
import io.corral.Snapshot;
import io.corral.Usage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The series of one hierarchy. All usage is in exactly one of them: in the series of a container,
 * in {@code other}, or in the series of removed containers. What a new container has used is in
 * none until its series is whole; see {@link ContainerSeries}.
 *
 * <p>{@code other} is the rest of the total. It has the usage of the containers beyond the bound,
 * what a container used there before it got a series of its own, and what a container used between
 * the last reading that was delivered and its removal. So the sum of all rates is the rate of the
 * total. Not thread-safe.
 *
 * <p>The CPU time of the garbage collector since the last reading is divided among the series, in
 * proportion to what each allocated since then.
 */
final class HierarchySeries {

    private static final Comparator<Map.Entry<Container, Amounts>> MOST_CPU_FIRST =
            Comparator.comparingLong(each -> -each.getValue().cpuNanos());

    private final Hierarchy hierarchy;

    /** By the path of the container. */
    private final Map<String, ContainerSeries> series = new LinkedHashMap<>();

    /** The containers whose usage is in {@code other}. */
    private Set<Container> inOther = Set.of();

    private Amounts removed = Amounts.NONE;
    private Map<Container, Amounts> own = Map.of();
    private Amounts total = Amounts.NONE;
    private boolean isFirst = true;

    /** The part of the collector's CPU time that was divided among the series so far. */
    private long gcNanos;

    /** The allocated bytes of the hierarchy at the last reading. */
    private long allocatedBytes;

    HierarchySeries(Hierarchy hierarchy) {
        this.hierarchy = hierarchy;
    }

    /** The first step of a reading: ends the series of containers that were removed. */
    void begin(Snapshot snapshot, Readers readers) {
        own = OwnUsages.of(snapshot, hierarchy);
        Usage ofRoot = snapshot.usage(hierarchy.root());
        total = ofRoot == null ? Amounts.NONE : Amounts.of(ofRoot);
        if (isFirst) {
            // What was removed before the first reading belongs to no rate.
            removed = OwnUsages.removed(snapshot, hierarchy).counters();
        }
        Map<String, Container> remade = remade();
        for (Iterator<ContainerSeries> all = series.values().iterator(); all.hasNext(); ) {
            ContainerSeries each = all.next();
            if (!own.containsKey(each.container())) {
                Container successor = remade.get(each.container().path());
                if (successor == null) {
                    removed = removed.plus(each.delivered());
                    all.remove();
                } else {
                    each.continueWith(successor);
                }
            }
            each.showIfRead(readers);
        }
    }

    /** The containers at the paths of those that were removed since the last reading. */
    private Map<String, Container> remade() {
        Set<String> paths = new HashSet<>();
        for (ContainerSeries each : series.values()) {
            if (!own.containsKey(each.container())) {
                paths.add(each.container().path());
            }
        }
        Map<String, Container> remade = new HashMap<>();
        if (!paths.isEmpty()) {
            for (Container each : own.keySet()) {
                if (paths.contains(each.path())) {
                    remade.put(each.path(), each);
                }
            }
        }
        return remade;
    }

    /** How many containers have a series. */
    int size() {
        return series.size();
    }

    /**
     * The second step: announces a series for each container without one, at most {@code free}.
     *
     * @param number the number of this reading; the series of the first one are whole at once
     * @param nanoTime the time of this reading
     */
    void fill(int free, long number, long nanoTime) {
        List<Map.Entry<Container, Amounts>> without = new ArrayList<>();
        for (Map.Entry<Container, Amounts> each : own.entrySet()) {
            if (!series.containsKey(each.getKey().path())) {
                without.add(each);
            }
        }
        if (without.size() > free) {
            without.sort(MOST_CPU_FIRST);
        }
        int begun = Math.min(free, without.size());
        for (Map.Entry<Container, Amounts> each : without.subList(0, begun)) {
            Container container = each.getKey();
            series.put(container.path(), announced(container, each.getValue(), number, nanoTime));
        }
        Set<Container> rest = new HashSet<>();
        for (Map.Entry<Container, Amounts> each : without.subList(begun, without.size())) {
            rest.add(each.getKey());
        }
        inOther = rest;
        isFirst = false;
    }

    private ContainerSeries announced(
            Container container, Amounts used, long number, long nanoTime) {
        // The root of a later hierarchy has the usage of the JVM so far, which belongs to no rate.
        if (number == 1 || (isFirst && container.equals(hierarchy.root()))) {
            return ContainerSeries.whole(container, number, nanoTime);
        }
        Amounts base = inOther.contains(container) ? used.counters() : Amounts.NONE;
        return new ContainerSeries(container, base, number, nanoTime);
    }

    /**
     * The last step: adds the values to the two lists.
     *
     * @param allGcNanos CPU time of the garbage collector since the JVM's start, or unknown
     */
    void addTo(List<Point> containers, List<Point> ofRemoved, long allGcNanos) {
        double gcNanosPerByte = gcNanosPerByte(allGcNanos);
        Amounts rest = total.withGc(gcNanos).minus(removed);
        for (Map.Entry<String, ContainerSeries> each : series.entrySet()) {
            ContainerSeries its = each.getValue();
            its.update(own.getOrDefault(its.container(), Amounts.NONE), gcNanosPerByte);
            containers.add(new Point(hierarchy.name(), each.getKey(), its.value()));
            rest = rest.minus(its.used());
        }
        containers.add(new Point(hierarchy.name(), Point.OTHER, rest));
        ofRemoved.add(new Point(hierarchy.name(), "", removed));
        own = Map.of();
    }

    /** Whether no usage is hidden. */
    boolean isWhole() {
        for (ContainerSeries each : series.values()) {
            if (!each.isWhole()) {
                return false;
            }
        }
        return true;
    }

    /** A reader has a value of a reading. */
    void delivered(Point point, long number) {
        ContainerSeries its = series.get(point.container());
        if (its != null) {
            its.delivered(point.amounts(), number);
        }
    }

    /**
     * The collector's CPU time since the last reading, by allocated byte. If nothing was allocated,
     * it is 0, and the time is left to the next reading.
     */
    private double gcNanosPerByte(long allGcNanos) {
        long bytes = total.allocatedBytes() - allocatedBytes;
        allocatedBytes = total.allocatedBytes();
        long nanos = allGcNanos - gcNanos;
        if (!Usage.isKnown(allGcNanos) || nanos <= 0 || bytes <= 0) {
            return 0;
        }
        gcNanos = allGcNanos;
        return (double) nanos / bytes;
    }
}
