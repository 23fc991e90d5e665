package io.corral.metricseries;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Hierarchy;
import io.corral.Snapshot;
import io.corral.Usage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The series of all hierarchies, for one exporter. Counters never fall, and the number of series is
 * bounded; see {@link HierarchySeries}.
 */
public final class Series {

    private final int bound;
    private final boolean delaysStart;
    private final Map<Hierarchy, HierarchySeries> byHierarchy = new LinkedHashMap<>();

    /** @param bound the largest number of series of a metric */
    public Series(int bound) {
        this(bound, false);
    }

    private Series(int bound, boolean delaysStart) {
        this.bound = bound;
        this.delaysStart = delaysStart;
    }

    /**
     * For an exporter that cannot export a new series before the second reading that has it. A
     * series is 0 in its first two readings, so that the exporter sees it begin at 0.
     *
     * @param bound the largest number of series of a metric
     */
    public static Series withDelayedStart(int bound) {
        return new Series(bound, true);
    }

    /** Takes a snapshot, or shares one that is less than 100 ms old. */
    public Reading read() {
        return read(Containers.snapshot());
    }

    /** @param snapshot not older than the snapshot of the last reading */
    public synchronized Reading read(Snapshot snapshot) {
        for (Hierarchy hierarchy : snapshot.hierarchies()) {
            byHierarchy
                    .computeIfAbsent(hierarchy, each -> new HierarchySeries(each, delaysStart))
                    .begin(snapshot);
        }
        // Each hierarchy also has the series "other".
        int free = bound - byHierarchy.size();
        for (HierarchySeries each : byHierarchy.values()) {
            free -= each.size();
        }
        List<Point> jvm = ofJvm(snapshot);
        long gcNanos = gcNanos(jvm);
        List<Point> containers = new ArrayList<>();
        List<Point> removed = new ArrayList<>();
        for (HierarchySeries each : byHierarchy.values()) {
            int before = each.size();
            each.fill(Math.max(free, 0));
            free -= each.size() - before;
            each.addTo(containers, removed, gcNanos);
        }
        // All roots show the same sums.
        Usage root = snapshot.usage(snapshot.hierarchies().get(0).root());
        return new Reading(
                containers,
                removed,
                jvm,
                root != null && Usage.isKnown(root.cpuNanos()),
                root != null && Usage.isKnown(root.allocatedBytes()),
                root != null && Usage.isKnown(root.queuedNanos()),
                Usage.isKnown(gcNanos),
                snapshot);
    }

    private static long gcNanos(List<Point> jvm) {
        for (Point point : jvm) {
            if (point.container().equals("/jvm/gc")) {
                return point.amounts().cpuNanos();
            }
        }
        return Usage.UNKNOWN;
    }

    private static List<Point> ofJvm(Snapshot snapshot) {
        List<Point> points = new ArrayList<>();
        Hierarchy main = Containers.root().hierarchy();
        for (Map.Entry<Container, Usage> each : snapshot.usages(main).entrySet()) {
            if (OwnUsages.belongsToJvm(each.getKey())
                    && Usage.isKnown(each.getValue().cpuNanos())) {
                points.add(
                        new Point(main.name(), each.getKey().path(), Amounts.of(each.getValue())));
            }
        }
        return points;
    }
}
