package io.corral.metricseries;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Hierarchy;
import io.corral.LimitStat;
import io.corral.Snapshot;
import io.corral.Usage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The series of all hierarchies, for one exporter. Counters never fall, and the number of series is
 * bounded; see {@link HierarchySeries}. Thread-safe.
 */
public final class Series {

    private final int bound;
    private final LongSupplier nanoTime;
    private final Map<Hierarchy, HierarchySeries> byHierarchy = new LinkedHashMap<>();

    /** The number of the last reading. */
    private long number;

    /** @param bound the largest number of series of a metric */
    public Series(int bound) {
        this(bound, System::nanoTime);
    }

    /** @param nanoTime the time, as of {@link System#nanoTime()} */
    public Series(int bound, LongSupplier nanoTime) {
        this.bound = bound;
        this.nanoTime = nanoTime;
    }

    /** Takes a snapshot, or shares one that is less than 100 ms old. */
    public synchronized Reading read(Readers readers) {
        // A snapshot that is taken outside could be older than that of another thread's reading.
        return read(Containers.snapshot(), readers);
    }

    /** @param snapshot not older than the snapshot of the last reading */
    public synchronized Reading read(Snapshot snapshot, Readers readers) {
        number++;
        long now = nanoTime.getAsLong();
        for (Hierarchy hierarchy : snapshot.hierarchies()) {
            byHierarchy.computeIfAbsent(hierarchy, HierarchySeries::new).begin(snapshot, readers);
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
            each.fill(Math.max(free, 0), number, now);
            free -= each.size() - before;
            each.addTo(containers, removed, gcNanos);
        }
        // All roots show the same sums.
        Usage root = snapshot.usage(snapshot.hierarchies().get(0).root());
        return new Reading(
                number,
                containers,
                removed,
                jvm,
                root != null && Usage.isKnown(root.cpuNanos()),
                root != null && Usage.isKnown(root.allocatedBytes()),
                root != null && Usage.isKnown(root.queuedNanos()),
                Usage.isKnown(gcNanos),
                limits(),
                Containers.areLimitsOpen(),
                snapshot);
    }

    /** The containers that have a limit, without those beyond the bound. */
    private Map<Point, LimitStat> limits() {
        Map<Point, LimitStat> limits = new LinkedHashMap<>();
        for (Map.Entry<Container, LimitStat> each : Containers.limitStats().entrySet()) {
            if (limits.size() < bound) {
                Container container = each.getKey();
                String hierarchy = container.hierarchy().name();
                limits.put(new Point(hierarchy, container.path(), Amounts.NONE), each.getValue());
            }
        }
        return limits;
    }

    /**
     * A reader has a reading. What a removed container used after the last such reading is counted
     * in {@code other}.
     */
    public synchronized void delivered(Reading reading) {
        Map<String, HierarchySeries> byName = new HashMap<>();
        byHierarchy.forEach((hierarchy, series) -> byName.put(hierarchy.name(), series));
        for (Point point : reading.containers()) {
            HierarchySeries series = byName.get(point.hierarchy());
            if (series != null) {
                series.delivered(point, reading.number());
            }
        }
    }

    /** Whether the last reading had all usage. If not, a new series was 0. */
    public synchronized boolean isWhole() {
        for (HierarchySeries each : byHierarchy.values()) {
            if (!each.isWhole()) {
                return false;
            }
        }
        return true;
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
