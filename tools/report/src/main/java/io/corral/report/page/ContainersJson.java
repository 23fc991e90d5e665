package io.corral.report.page;

import io.corral.report.recording.RecordingContents;
import io.corral.report.usage.ContainerHistory;
import io.corral.report.usage.HierarchyHistory;
import io.corral.report.usage.TimeAxis;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The part of the page's data that has the hierarchies and the usage of their containers over time.
 */
final class ContainersJson {

    private static final double NANOS_PER_MICRO = 1000;
    private static final double BYTES_PER_KIB = 1024;

    /** A bucket may have a part of a wait. */
    private static final double MILLI = 0.001;

    private ContainersJson() {}

    static List<Object> json(RecordingContents contents, TimeAxis axis) {
        List<Object> hierarchies = new ArrayList<>();
        contents.hierarchies.forEach((name, hierarchy) -> hierarchies.add(Map.of(
                "name",
                name,
                "hasQueued",
                hierarchy.isQueuedKnown(),
                "hasWaits",
                hierarchy.areWaitsKnown(),
                "containers",
                containers(hierarchy, axis))));
        return hierarchies;
    }

    private static List<Object> containers(HierarchyHistory hierarchy, TimeAxis axis) {
        Map<String, double[]> cpu = hierarchy.ownCpu(axis);
        Map<String, double[]> allocated = hierarchy.ownAllocated(axis);
        Map<String, double[]> queued = hierarchy.ownQueued(axis);
        Map<String, double[]> waits = hierarchy.ownWaits(axis);
        List<Object> rows = new ArrayList<>();
        for (ContainerHistory container : hierarchy.containers()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("path", container.path());
            row.put("threads", container.threads());
            row.put("virtual", container.virtualThreads());
            row.put("started", container.forked());
            row.put("cpuMicros", sparse(cpu.get(container.path()), NANOS_PER_MICRO));
            row.put("allocatedKiB", sparse(allocated.get(container.path()), BYTES_PER_KIB));
            row.put("queuedMicros", sparse(queued.get(container.path()), NANOS_PER_MICRO));
            row.put("milliWaits", sparse(waits.get(container.path()), MILLI));
            if (container.isRemoved()) {
                row.put("removed", true);
            }
            if (HierarchyHistory.belongsToJvm(container.path())) {
                row.put("outside", true);
            }
            rows.add(row);
        }
        return rows;
    }

    /** Pairs of a bucket and its value, as long as the value is not 0. */
    static long[] sparse(double @Nullable [] buckets, double unit) {
        List<Long> pairs = new ArrayList<>();
        for (int i = 0; buckets != null && i < buckets.length; i++) {
            long value = Math.round(buckets[i] / unit);
            if (value != 0) {
                pairs.add((long) i);
                pairs.add(value);
            }
        }
        return pairs.stream().mapToLong(Long::longValue).toArray();
    }
}
