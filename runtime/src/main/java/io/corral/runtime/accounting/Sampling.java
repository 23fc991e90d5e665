package io.corral.runtime.accounting;

/**
 * When a residency that is short is read all the same: one of some {@value #EVERY}, chosen at random,
 * ends with a reading, and the next is measured by itself. (Each n-th would fall in with patterns, and
 * those behind a long one are no sample of all.) The owner's.
 */
final class Sampling {

    private static final int EVERY = 512;

    /** Where nothing was measured of residencies like one that was just met. */
    private static final int SOON = 16;

    private static final long NONE = -1;

    /** A reading that takes so many times what others do was interrupted. */
    private static final int INTERRUPTED = 2;

    private static final int SLOWLY = 16;

    private int random = System.identityHashCode(this) | 1;

    /** What a reading costs, of late: high when the code is cold, so it has to be followed. */
    private float readingNanos = 500;

    /** Residencies to go. */
    private int left = SOON;

    /** The meter's state with which the residency began that is measured. */
    private long measured = NONE;

    /** Whether the residency that ends, begun by {@code state}, has to end with a reading. */
    boolean isDue(long state) {
        return --left <= 0 || state == measured;
    }

    void hurry() {
        left = Math.min(left, SOON);
    }

    /**
     * A reading was taken, and {@code state} begins a residency of {@code account}.
     *
     * @param nanos how long it took, by the clock on the wall
     */
    void read(long state, Account account, long nanos) {
        readingNanos +=
                (Math.min((float) nanos, readingNanos * INTERRUPTED) - readingNanos) / SLOWLY;
        measured = left <= 0 || account.wantsSamples() ? state : NONE;
        if (left <= 0) {
            random ^= random << 13;
            random ^= random >>> 17;
            random ^= random << 5;
            left = 1 + (random & (2 * EVERY - 1));
        }
    }

    /**
     * What a residency has used that lies between two readings: each adds what comes before, or after, it
     * has looked at the clock; the two halves are one.
     */
    long withoutReading(long cpuNanos) {
        return Math.max(cpuNanos - (long) readingNanos, 0);
    }

    /** Whether the residency that {@code state} began was measured from its begin. */
    boolean isMeasured(long state) {
        return state == measured;
    }
}
