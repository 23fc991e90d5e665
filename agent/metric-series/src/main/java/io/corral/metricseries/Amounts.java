package io.corral.metricseries;

import io.corral.Usage;

/**
 * What a container has used, and the number of its live threads. An unknown number is 0.
 *
 * @param cpuNanos CPU time
 * @param allocatedBytes heap bytes allocated
 * @param forks threads of both kinds that were started
 * @param queuedNanos how long ready threads and tasks waited
 * @param waits how many such waits have ended
 * @param gcNanos the container's part of the garbage collector's CPU time, estimated; see
 *     {@link HierarchySeries}
 * @param threads live threads of both kinds
 * @param waiting ready threads and tasks that wait now
 */
public record Amounts(
        long cpuNanos,
        long allocatedBytes,
        long forks,
        long queuedNanos,
        long waits,
        long gcNanos,
        long threads,
        long waiting) {

    static final Amounts NONE = new Amounts(0, 0, 0, 0, 0, 0, 0, 0);

    static Amounts of(Usage usage) {
        return new Amounts(
                orZero(usage.cpuNanos()),
                orZero(usage.allocatedBytes()),
                orZero(usage.forks()),
                orZero(usage.queuedNanos()),
                orZero(usage.waits()),
                0,
                orZero(usage.threads()) + orZero(usage.virtualThreads()),
                orZero(usage.waiting()));
    }

    static Amounts ofCpu(long nanos) {
        return new Amounts(nanos, 0, 0, 0, 0, 0, 0, 0);
    }

    static Amounts ofForks(long count) {
        return new Amounts(0, 0, count, 0, 0, 0, 0, 0);
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
                waits + times * other.waits,
                gcNanos + times * other.gcNanos,
                threads + times * other.threads,
                waiting + times * other.waiting);
    }

    Amounts withGc(long nanos) {
        return new Amounts(
                cpuNanos, allocatedBytes, forks, queuedNanos, waits, nanos, threads, waiting);
    }

    /** These amounts with the numbers of {@code other} that are no counters. */
    Amounts withGauges(Amounts other) {
        return new Amounts(
                cpuNanos,
                allocatedBytes,
                forks,
                queuedNanos,
                waits,
                gcNanos,
                other.threads,
                other.waiting);
    }

    /** These amounts without live and waiting threads, since their numbers are no counters. */
    Amounts counters() {
        return withGauges(NONE);
    }
}
