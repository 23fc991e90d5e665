package io.corral.metricseries;

import io.corral.LimitStat;
import io.corral.Snapshot;

import java.util.List;
import java.util.Map;

/**
 * All values that are exported at one moment.
 *
 * @param number the number of the reading, from 1 on
 * @param containers the own usage of each container that has a series, and {@link Point#OTHER} of
 *     each hierarchy
 * @param removed for each hierarchy, what was exported for containers that were removed since; the
 *     path of the container is empty
 * @param jvm CPU time of the JVM's own threads, by the containers that show it
 * @param isCpuKnown whether CPU time is measured in this JVM
 * @param isAllocationKnown whether allocated bytes are measured in this JVM
 * @param isQueuedKnown whether queued time is measured in this JVM
 * @param isGcKnown whether the garbage collector's CPU time is measured in this JVM
 * @param limits what the limits of containers have done; the amounts of these points are none
 * @param areLimitsOpen whether limits let everything pass
 * @param snapshot the snapshot that was read; it has the sums for the process
 */
public record Reading(
        long number,
        List<Point> containers,
        List<Point> removed,
        List<Point> jvm,
        boolean isCpuKnown,
        boolean isAllocationKnown,
        boolean isQueuedKnown,
        boolean isGcKnown,
        Map<Point, LimitStat> limits,
        boolean areLimitsOpen,
        Snapshot snapshot) {}
