package io.corral.runtime.contention;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who ran while containers of one hierarchy waited. It has the containers that wait, or waited a
 * short time ago, by path: a container that is removed meanwhile fades like one that waits no more.
 */
final class HierarchyWaits {

    /** Older seconds count less: by this factor each second, so about ten seconds count. */
    private static final double A_SECOND_LATER = 0.9;

    private static final double NANOS = 1e9;

    /** A container is forgotten when so few of its threads wait on average. */
    private static final double FEWEST = 1e-4;

    /** With fewer waiting threads on average nobody is named: each wake-up takes a moment. */
    private static final double FEWEST_WITH_OTHERS = 0.01;

    /** A smaller part of the time that a container waited is not shown. */
    private static final double SMALLEST = 0.01;

    private static final int SHOWN = 3;

    private final Map<String, ContainerWaits> containers = new LinkedHashMap<>();

    /** The time that counts, in nanoseconds. */
    private double recentNanos;

    /** The time since the last event. */
    private double unrecordedNanos;

    /** Adds a period. */
    synchronized void add(
            Collection<ContainerPeriod> all,
            double elapsedNanos,
            double availableNanos,
            boolean isRecorded) {
        double factor = Math.pow(A_SECOND_LATER, elapsedNanos / NANOS);
        recentNanos = recentNanos * factor + elapsedNanos;
        unrecordedNanos += elapsedNanos;
        containers.values().forEach(each -> each.scale(factor));
        WaitDivision.divide(all, availableNanos, new WaitDivision.Receiver() {
            @Override
            public void waited(ContainerPeriod container) {
                containers
                        .computeIfAbsent(container.path, path -> new ContainerWaits())
                        .add(container.waitedNanos, isRecorded);
            }

            @Override
            public void ran(ContainerPeriod waiting, ContainerPeriod other, double nanos) {
                ContainerWaits waits = containers.get(waiting.path);
                if (waits != null) {
                    waits.addOther(other.path, nanos, isRecorded);
                }
            }
        });
        double least = FEWEST * recentNanos;
        containers.values().removeIf(each -> each.recentNanos < least && each.unrecordedNanos == 0);
    }

    synchronized List<RanMeanwhile> recent() {
        List<RanMeanwhile> all = new ArrayList<>();
        containers.forEach((path, waits) -> {
            double waiting = waits.recentNanos / recentNanos;
            List<RanMeanwhile.Other> others = waiting < FEWEST_WITH_OTHERS
                    ? List.of()
                    : waits.recent.largest(SHOWN, SMALLEST * waits.recentNanos);
            all.add(new RanMeanwhile(path, waits.recentNanos, waiting, others));
        });
        return all;
    }

    /** What has come since the last call. */
    synchronized List<RanMeanwhile> takeUnrecorded() {
        List<RanMeanwhile> all = new ArrayList<>();
        containers.forEach((path, waits) -> {
            double nanos = waits.unrecordedNanos;
            double waiting = nanos / unrecordedNanos;
            if (waiting >= FEWEST_WITH_OTHERS) {
                all.add(new RanMeanwhile(
                        path, nanos, waiting, waits.unrecorded.largest(SHOWN, SMALLEST * nanos)));
            }
            waits.unrecordedNanos = 0;
            waits.unrecorded.clear();
        });
        unrecordedNanos = 0;
        return all;
    }
}
