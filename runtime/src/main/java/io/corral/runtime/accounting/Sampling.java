package io.corral.runtime.accounting;

/**
 * When a residency that is short is read all the same: one of some {@value #EVERY}, chosen at random,
 * ends with a reading, and the next is measured by itself. (Each n-th would fall in with patterns, and
 * those behind a long one are no sample of all.) The owner's.
 *
 * <p>A reading itself takes CPU time, which is half that of the residency it ends, and half that of the
 * next: the clock is looked at in the middle. Neither half lies in the length by the clock on the wall.
 */
final class Sampling {

    private static final int EVERY = 512;

    /** The same where measurements surprise: residencies block there, so that a reading is cheap. */
    private static final int OFTEN = 64;

    /** Where nothing was measured of residencies like one that was just met. */
    private static final int SOON = 16;

    private static final long NONE = -1;

    /** The golden ratio's part of 2<sup>32</sup>: what was next to each other is not any more. */
    private static final int SCATTER = 0x9E3779B9;

    /** A reading that takes so many times what others do was interrupted. */
    private static final int INTERRUPTED = 2;

    private static final int SLOWLY = 16;

    /** What was measured surprises if it is off by more than such a part of what was expected. */
    private static final int FAR_PART = 8;

    /** But not if it is off by no more than that: readings are not as exact. */
    private static final int NEAR_NANOS = 500;

    /** Of the latest so many measurements no more than half a one may surprise. */
    private static final int LATEST = 8;

    /** Not 0. */
    private int random;

    /** What a reading takes, of late: much when the code is cold, so it has to be followed. */
    private float readingNanos = 500;

    /** The meter's state with which the latest reading left it. */
    private long read = NONE;

    /** What that reading took, or most likely would have if it was not interrupted. */
    private int halfOfReading;

    /** Residencies to go. */
    private int left = SOON;

    /** The meter's state with which the residency began that is measured. */
    private long measured = NONE;

    /** How many measurements surprised of late, from 0 to 1. */
    private float surprises = 1;

    Sampling(int seed) {
        random = seed * SCATTER | 1;
    }

    /** Whether the residency that ends, begun by {@code state}, has to end with a reading. */
    boolean isDue(long state) {
        return --left <= 0 || state == measured;
    }

    void hurry() {
        left = Math.min(left, SOON);
    }

    /** What a residency begun by {@code state} has used for the reading before it, in nanoseconds. */
    int restOfReading(long state) {
        return state == read ? halfOfReading : 0;
    }

    /** Of a reading that took {@code nanos}, what was used on either side of its look at the clock. */
    int half(long nanos) {
        return (int) (Math.min((float) nanos, readingNanos * INTERRUPTED) / 2);
    }

    /**
     * A short residency, begun by {@code state}, lies between two readings: a sample, if it was chosen.
     *
     * @param cpuNanos from the one reading to the other
     * @param took how long the reading at its end took, by the clock on the wall
     */
    void measure(long state, Account account, long cpuNanos, long length, long took) {
        if (state != measured || isInterrupted(took)) {
            return;
        }
        int expected = account.estimate(length);
        long used = Math.max(cpuNanos - restOfReading(state) - half(took), 0);
        account.sample(used, length);
        boolean surprising = expected == Shares.UNKNOWN
                || Math.abs(used - expected) > Math.max(expected / FAR_PART, NEAR_NANOS);
        surprises += ((surprising ? 1 : 0) - surprises) / LATEST;
    }

    /**
     * A reading was taken, and {@code state} begins a residency of {@code account}.
     *
     * @param took how long, by the clock on the wall
     */
    void read(long state, Account account, long took) {
        boolean isChosen = left <= 0 || account.wantsSamples();
        measured = isChosen && !isInterrupted(took) ? state : NONE;
        read = state;
        halfOfReading = half(took);
        readingNanos += (2 * halfOfReading - readingNanos) / SLOWLY;
        if (left <= 0) {
            random ^= random << 13;
            random ^= random >>> 17;
            random ^= random << 5;
            int every = surprises > 0.5f / LATEST ? OFTEN : EVERY;
            left = 1 + (random & (2 * every - 1));
        }
    }

    private boolean isInterrupted(long took) {
        return took > readingNanos * INTERRUPTED;
    }
}
