package io.corral.series;

import io.corral.Usage;

/**
 * What a container has used, and its live threads. A number that is unknown is 0 here.
 *
 * @param cpuNanos CPU time
 * @param allocatedBytes heap bytes allocated
 * @param forks threads of both kinds that were started
 * @param threads live threads of both kinds
 */
public record Amounts(long cpuNanos, long allocatedBytes, long forks, long threads) {

    static final Amounts NONE = new Amounts(0, 0, 0, 0);

    static Amounts of(Usage usage) {
        return new Amounts(
                orZero(usage.cpuNanos()),
                orZero(usage.allocatedBytes()),
                orZero(usage.forks()),
                orZero(usage.threads()) + orZero(usage.virtualThreads()));
    }

    private static long orZero(long value) {
        return Usage.isKnown(value) ? value : 0;
    }

    Amounts plus(Amounts other) {
        return new Amounts(
                cpuNanos + other.cpuNanos,
                allocatedBytes + other.allocatedBytes,
                forks + other.forks,
                threads + other.threads);
    }

    Amounts minus(Amounts other) {
        return new Amounts(
                cpuNanos - other.cpuNanos,
                allocatedBytes - other.allocatedBytes,
                forks - other.forks,
                threads - other.threads);
    }

    /** Without the live threads, which are no counter. */
    Amounts counters() {
        return new Amounts(cpuNanos, allocatedBytes, forks, 0);
    }
}
