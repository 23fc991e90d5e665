package io.corral.commands.view;

import io.corral.Usage;

import java.util.Comparator;

/** The order of the children of one container. */
public enum Order {
    /** By the CPU time now, then by the CPU time since the start. */
    CPU(Comparator.<Rate>comparingDouble(rate -> known(rate.cpus()))
            .thenComparingLong(rate -> rate.row().cpuNanos())
            .reversed()),
    /** By the CPU time since the start. */
    TIME(Comparator.<Rate>comparingLong(rate -> rate.row().cpuNanos()).reversed()),
    ALLOCATION(Comparator.<Rate>comparingDouble(rate -> known(rate.bytesPerSecond()))
            .thenComparingLong(rate -> rate.row().allocatedBytes())
            .reversed()),
    THREADS(Comparator.<Rate>comparingLong(
                    rate -> known(rate.row().threads()) + known(rate.row().virtualThreads()))
            .reversed()),
    STARTS(Comparator.<Rate>comparingDouble(rate -> known(rate.startsPerSecond()))
            .thenComparingLong(rate -> rate.row().forks())
            .reversed()),
    /** By the time that requests wait because of limits, then by what limits refuse. */
    THROTTLED(Comparator.<Rate>comparingDouble(rate -> known(rate.throttled()))
            .thenComparingLong(rate -> known(rate.row().throttledNanos()))
            .thenComparingDouble(rate -> known(rate.shedPerSecond()))
            .thenComparingLong(rate -> known(rate.row().shed()))
            .reversed()),
    NAME(Comparator.comparing(rate -> rate.row().path()));

    // The comparators have no state.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Comparator<Rate> comparator;

    Order(Comparator<Rate> comparator) {
        this.comparator = comparator.thenComparing(Rate::key);
    }

    Comparator<Rate> comparator() {
        return comparator;
    }

    private static long known(long count) {
        return Usage.isKnown(count) ? count : 0;
    }

    /** Unknown rates come last. */
    private static double known(double rate) {
        return Double.isNaN(rate) ? -1 : rate;
    }
}
