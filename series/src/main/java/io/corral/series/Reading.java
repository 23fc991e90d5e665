package io.corral.series;

import io.corral.Snapshot;

import java.util.List;

/**
 * What is exported at one moment.
 *
 * @param containers what each container used itself, and {@link Point#OTHER} of each hierarchy
 * @param removed for each hierarchy, what was exported for containers that were removed since; the
 *     container is empty
 * @param jvm CPU time of the JVM's own threads, by the containers that show it
 * @param isCpuKnown whether CPU time is measured in this JVM
 * @param isAllocationKnown whether allocated bytes are
 * @param isQueuedKnown whether queued time is
 * @param isGcKnown whether the garbage collector's CPU time is
 * @param snapshot has the sums for the process
 */
public record Reading(
        List<Point> containers,
        List<Point> removed,
        List<Point> jvm,
        boolean isCpuKnown,
        boolean isAllocationKnown,
        boolean isQueuedKnown,
        boolean isGcKnown,
        Snapshot snapshot) {}
