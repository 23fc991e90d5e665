package io.corral.runtime.accounting;

/**
 * Which short residencies end with a reading all the same: about one of {@value #SELDOM}, chosen at
 * random. The residency after it is <em>sampled</em>: it lies between two readings, which shows how
 * much of its wall time was CPU time. (Choosing each n-th would coincide with patterns of the
 * application, and residencies after long ones are not representative.) Only the owner uses it.
 *
 * <p>A reading itself takes CPU time. Half of that belongs to the residency that it ends, and half
 * to the next, since the clock is read in the middle. A residency's length by the wall clock
 * includes neither half.
 *
 * <p>Its fields are small so that the object takes 24 bytes.
 */
final class Sampling {

    private static final int SELDOM = 512;

    /**
     * Used instead of {@link #SELDOM} while samples surprise: residencies then block, so a reading
     * is cheap.
     */
    private static final int OFTEN = 64;

    /** Residencies until the next reading after one with an unknown ratio. */
    private static final short SOON = 16;

    /** A reading that takes longer than so many usual ones was interrupted. */
    private static final int INTERRUPTED = 2;

    /** The weight of the latest reading in the moving average is one part in so many. */
    private static final int AVERAGE = 16;

    /** A sample surprises if it is off by more than this part of what was expected... */
    private static final int FAR_PART = 8;

    /** ...and by more than this: readings are not exact enough for less. */
    private static final int FAR_NANOS = 500;

    /** Samples surprise if more than half a one among the latest so many did. */
    private static final int LATEST = 8;

    private static final int ALL_SURPRISE = 255;

    /** A unit of {@link #readingUnits} is a quarter of a nanosecond: then 16 us have room. */
    private static final int UNITS = 4;

    private static final int LEAST_UNITS = 16 * UNITS;

    /** The moving average of what a reading takes. It starts high, as the code is cold. */
    private char readingUnits = 500 * UNITS;

    /** Half of the latest reading's duration, without interruptions. */
    private char halfReading;

    /** Residencies until the next reading. */
    private short left = SOON;

    /** How many of the latest samples surprised, from 0 to {@link #ALL_SURPRISE}. */
    private byte surprises = (byte) ALL_SURPRISE;

    /** Counts a residency, and returns whether it has to end with a reading. */
    boolean isReadingDue(boolean isSampled) {
        left = (short) Math.max(left - 1, 0);
        return left == 0 || isSampled;
    }

    /** The ratio of a residency is unknown: the next reading is due soon. */
    void hurry() {
        left = (short) Math.min(left, SOON);
    }

    /** The nanoseconds that a residency used for the reading with which it began. */
    int halfReading() {
        return halfReading;
    }

    /** Half of the nanoseconds that a reading took, without an interruption. */
    int half(long took) {
        return (int) Math.min(took, (long) readingUnits * INTERRUPTED / UNITS) / 2;
    }

    /** Whether the residency of {@code account} that a reading is about to begin is sampled. */
    boolean chooses(Account account, long took) {
        return (left == 0 || account.wantsSamples()) && !isInterrupted(took);
    }

    /**
     * A sampled residency has ended.
     *
     * @param cpuNanos from the reading before it to the one after it
     * @param length of the residency, by the wall clock
     * @param took what the reading after it took, by the wall clock
     */
    void measure(Account account, long cpuNanos, long length, long took) {
        if (isInterrupted(took)) {
            return;
        }
        int expected = account.estimate(length);
        long used = Math.max(cpuNanos - halfReading - half(took), 0);
        account.sample(used, length);
        boolean surprises = expected == CpuRatios.UNKNOWN
                || Math.abs(used - expected) > Math.max(expected / FAR_PART, FAR_NANOS);
        int known = this.surprises & ALL_SURPRISE;
        this.surprises = (byte) (known + ((surprises ? ALL_SURPRISE : 0) - known) / LATEST);
    }

    /**
     * A reading has ended, and a residency begins.
     *
     * @param took what it took, by the wall clock
     * @param chance differs each time
     */
    void endReading(long took, int chance) {
        int half = half(took);
        halfReading = (char) half;
        int units = readingUnits + (2 * half * UNITS - readingUnits) / AVERAGE;
        readingUnits = (char) Math.max(Math.min(units, Character.MAX_VALUE), LEAST_UNITS);
        if (left == 0) {
            int mean = (surprises & ALL_SURPRISE) > ALL_SURPRISE / (2 * LATEST) ? OFTEN : SELDOM;
            left = (short) (1 + (mix(chance) & (2 * mean - 1)));
        }
    }

    private boolean isInterrupted(long took) {
        return took * UNITS > (long) readingUnits * INTERRUPTED;
    }

    /** The finalizer of MurmurHash3. */
    private static int mix(int number) {
        int mixed = (number ^ (number >>> 16)) * 0x85EBCA6B;
        mixed = (mixed ^ (mixed >>> 13)) * 0xC2B2AE35;
        return mixed ^ (mixed >>> 16);
    }
}
