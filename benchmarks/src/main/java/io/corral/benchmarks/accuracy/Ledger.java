package io.corral.benchmarks.accuracy;

/**
 * The truth of one platform thread or carrier, kept without Corral: which container it works for, and
 * its CPU clock when that changed. Where the clock could be read on both sides of Corral's own switch
 * the change is taken to be in the middle; where only behind it, both ends of a residency are shifted
 * alike.
 */
final class Ledger {

    private static final int NOWHERE = -1;

    private final long[] cpuNanos;
    private final long[] residencies;
    private int index = NOWHERE;
    private long since;

    Ledger(int containers) {
        cpuNanos = new long[containers];
        residencies = new long[containers];
    }

    /** The thread has worked for one container until the clock said {@code cpu}, and now for another. */
    void switchTo(int container, long cpu) {
        if (index != NOWHERE) {
            cpuNanos[index] += cpu - since;
        }
        if (index != container) {
            residencies[container]++;
        }
        index = container;
        since = cpu;
    }

    /** The switch came between two readings. */
    void switchTo(int container, long before, long after) {
        switchTo(container, before + (after - before) / 2);
    }

    long cpuNanos(int container) {
        return cpuNanos[container];
    }

    long residencies(int container) {
        return residencies[container];
    }
}
