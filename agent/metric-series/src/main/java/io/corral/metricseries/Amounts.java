package io.corral.metricseries;

import io.corral.Usage;

/**
 * What a container has used, and the number of its live threads. An unknown number is 0.
 *
 * @param cpuNanos CPU time
 * @param allocatedBytes heap bytes allocated
 * @param forks threads of both kinds that were started
 * @param queuedNanos how long ready threads and tasks waited
 * @param gcNanos the container's part of the garbage collector's CPU time, estimated; see
 *     {@link HierarchySeries}
 * @param threads live threads of both kinds
 */
public record Amounts(
        long cpuNanos,
        long allocatedBytes,
        long forks,
        long queuedNanos,
        long gcNanos,
        long threads) {

    static final Amounts NONE = new Amounts(0, 0, 0, 0, 0, 0);

    static Amounts of(Usage usage) {
        return new Amounts(
                orZero(usage.cpuNanos()),
                orZero(usage.allocatedBytes()),
                orZero(usage.forks()),
                orZero(usage.queuedNanos()),
                0,
                orZero(usage.threads()) + orZero(usage.virtualThreads()));
    }

    static Amounts ofCpu(long nanos) {
        return new Amounts(nanos, 0, 0, 0, 0, 0);
    }

    private static long orZero(long value) {
        return Usage.isKnown(value) ? value : 0;
    }

    Amounts plus(Amounts other) {
        return plus(other, 1);
    }

    Amounts minus(Amounts other) {
        return plus(other, -1);
    }

    private Amounts plus(Amounts other, int times) {
        return new Amounts(
                cpuNanos + times * other.cpuNanos,
                allocatedBytes + times * other.allocatedBytes,
                forks + times * other.forks,
                queuedNanos + times * other.queuedNanos,
                gcNanos + times * other.gcNanos,
                threads + times * other.threads);
    }

    Amounts withGc(long nanos) {
        return new Amounts(cpuNanos, allocatedBytes, forks, queuedNanos, nanos, threads);
    }

    Amounts withThreads(long count) {
        return new Amounts(cpuNanos, allocatedBytes, forks, queuedNanos, gcNanos, count);
    }

    /** These amounts with 0 live threads, since the number of threads is not a counter. */
    Amounts counters() {
        return withThreads(0);
    }
}
