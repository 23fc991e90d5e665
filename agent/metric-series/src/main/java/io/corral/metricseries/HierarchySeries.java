package io.corral.metricseries;

import io.corral.Container;
import io.corral.Hierarchy;
import io.corral.Snapshot;
import io.corral.Usage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The series of one hierarchy. All usage is in exactly one of them: in the series of a container,
 * in {@code other}, or in the series of removed containers.
 *
 * <p>{@code other} is the rest of the total. It has the usage of the containers beyond the bound.
 * It also has what a container used before its series began, and between its last reading and its
 * removal. So the sum of all rates is the rate of the total. Not thread-safe.
 *
 * <p>The CPU time of the garbage collector since the last reading is divided among the series, in
 * proportion to what each allocated since then.
 */
final class HierarchySeries {

    private static final Comparator<Map.Entry<Container, Amounts>> MOST_CPU_FIRST =
            Comparator.comparingLong(each -> -each.getValue().cpuNanos());

    private final Hierarchy hierarchy;
    private final boolean delaysStart;

    /** For each container with a series: what it had used when the series began. */
    private final Map<Container, Amounts> bases = new LinkedHashMap<>();

    /** Containers whose series begin at the next reading. */
    private final List<Container> delayed = new ArrayList<>();

    /** The values of the series at the last reading. */
    private Map<Container, Amounts> exported = Map.of();

    private Amounts removed = Amounts.NONE;
    private Map<Container, Amounts> own = Map.of();
    private Amounts total = Amounts.NONE;
    private boolean isFirst = true;

    /** The part of the collector's CPU time that was divided among the series so far. */
    private long gcNanos;

    /** The allocated bytes of the hierarchy at the last reading. */
    private long allocatedBytes;

    /** @param delaysStart whether a series is 0 in its first two readings */
    HierarchySeries(Hierarchy hierarchy, boolean delaysStart) {
        this.hierarchy = hierarchy;
        this.delaysStart = delaysStart;
    }

    /** The first step of a reading: ends the series of containers that were removed. */
    void begin(Snapshot snapshot) {
        own = OwnUsages.of(snapshot, hierarchy);
        Usage ofRoot = snapshot.usage(hierarchy.root());
        total = ofRoot == null ? Amounts.NONE : Amounts.of(ofRoot);
        if (isFirst) {
            // What was removed before the first reading belongs to no rate.
            removed = OwnUsages.removed(snapshot, hierarchy).counters();
        }
        exported.forEach((container, amounts) -> {
            if (!own.containsKey(container)) {
                bases.remove(container);
                removed = removed.plus(amounts.counters());
            }
        });
        for (Container each : delayed) {
            Amounts now = own.get(each);
            if (now != null) {
                bases.put(each, now.counters());
            }
        }
        delayed.clear();
    }

    /** How many containers have a series. */
    int size() {
        return bases.size();
    }

    /** The second step: begins a series for each container without one, at most {@code free}. */
    void fill(int free) {
        List<Map.Entry<Container, Amounts>> without = new ArrayList<>();
        for (Map.Entry<Container, Amounts> each : own.entrySet()) {
            if (!bases.containsKey(each.getKey())) {
                without.add(each);
            }
        }
        if (without.size() > free) {
            without.sort(MOST_CPU_FIRST);
        }
        for (Map.Entry<Container, Amounts> each :
                without.subList(0, Math.min(free, without.size()))) {
            bases.put(each.getKey(), isFirst ? Amounts.NONE : each.getValue().counters());
            if (delaysStart && !isFirst) {
                delayed.add(each.getKey());
            }
        }
        isFirst = false;
    }

    /**
     * The last step: adds the values to the two lists.
     *
     * @param allGcNanos CPU time of the garbage collector since the JVM's start, or unknown
     */
    void addTo(List<Point> containers, List<Point> ofRemoved, long allGcNanos) {
        Map<Container, Amounts> values = new LinkedHashMap<>();
        double gcNanosPerByte = gcNanosPerByte(allGcNanos);
        Amounts rest = total.withGc(gcNanos).minus(removed);
        for (Map.Entry<Container, Amounts> each : bases.entrySet()) {
            Amounts value = own.getOrDefault(each.getKey(), Amounts.NONE).minus(each.getValue());
            Amounts before = exported.getOrDefault(each.getKey(), Amounts.NONE);
            long bytes = value.allocatedBytes() - before.allocatedBytes();
            value = value.withGc(before.gcNanos() + (long) (gcNanosPerByte * bytes));
            values.put(each.getKey(), value);
            containers.add(new Point(hierarchy.name(), each.getKey().path(), value));
            rest = rest.minus(value);
        }
        containers.add(new Point(hierarchy.name(), Point.OTHER, rest));
        ofRemoved.add(new Point(hierarchy.name(), "", removed));
        exported = values;
        own = Map.of();
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
