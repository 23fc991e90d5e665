package io.corral.runtime.accounting;

/**
 * When a residency that is short is read all the same: one of some {@value #EVERY}, chosen at random,
 * ends with a reading, and the next is measured by itself. (Each n-th would fall in with patterns, and
 * those behind a long one are no sample of all.) The owner's. Which residency is measured, and which was begun by a reading,
 * the meter's state says.
 *
 * <p>A reading itself takes CPU time, which is half that of the residency it ends, and half that of the
 * next: the clock is looked at in the middle. Neither half lies in the length by the clock on the wall.
 *
 * <p>(Its fields take seven bytes, so that a {@link Stretch} takes 40.)
 */
abstract class Sampling {

    private static final int EVERY = 512;

    /** The same where measurements surprise: residencies block there, so that a reading is cheap. */
    private static final int OFTEN = 64;

    /** Where nothing was measured of residencies like one that was just met. */
    private static final short SOON = 16;

    /** A reading that takes so many times what others do was interrupted. */
    private static final int INTERRUPTED = 2;

    private static final int SLOWLY = 16;

    /** What was measured surprises if it is off by more than such a part of what was expected. */
    private static final int FAR_PART = 8;

    /** But not if it is off by no more than that: readings are not as exact. */
    private static final int NEAR_NANOS = 500;

    /** Of the latest so many measurements no more than half a one may surprise. */
    private static final int LATEST = 8;

    /** Of {@link #surprises}. */
    private static final int ALL = 255;

    /** Of {@link #readingUnits} in a nanosecond: as fine as it has to be to follow, and 16 us have room. What takes longer counts as that. */
    private static final int UNITS = 4;

    /** No reading takes less; and what is below does not grow again. */
    private static final int LEAST_UNITS = 16 * UNITS;

    /** What a reading takes, of late: much when the code is cold, so it has to be followed. */
    private char readingUnits = 500 * UNITS;

    /** What the latest reading took on one side, or most likely would have if it was not interrupted. */
    private char halfOfReading;

    /** Residencies to go. */
    private short left = SOON;

    /** How many measurements surprised of late, from 0 to {@link #ALL}. */
    private byte surprises = (byte) ALL;

    /** Whether the residency that ends has to end with a reading. */
    final boolean isDue(boolean isMeasured) {
        left = (short) Math.max(left - 1, 0);
        return left == 0 || isMeasured;
    }

    final void hurry() {
        left = (short) Math.min(left, SOON);
    }

    /** What a residency that was begun by the latest reading has used for that, in nanoseconds. */
    final int restOfReading() {
        return halfOfReading;
    }

    /** Of a reading that took {@code nanos}, what was used on either side of its look at the clock. */
    final int half(long nanos) {
        return (int) Math.min(nanos, (long) readingUnits * INTERRUPTED / UNITS) / 2;
    }

    /**
     * A residency that was chosen is short, and lies between two readings: a sample.
     *
     * @param cpuNanos from the one reading to the other
     * @param rest {@link #restOfReading} of the one before it
     * @param took how long the reading at its end took, by the clock on the wall
     */
    final void measure(Account account, long cpuNanos, int rest, long length, long took) {
        if (isInterrupted(took)) {
            return;
        }
        int expected = account.estimate(length);
        long used = Math.max(cpuNanos - rest - half(took), 0);
        account.sample(used, length);
        boolean surprising = expected == Shares.UNKNOWN
                || Math.abs(used - expected) > Math.max(expected / FAR_PART, NEAR_NANOS);
        int known = surprises & ALL;
        surprises = (byte) (known + ((surprising ? ALL : 0) - known) / LATEST);
    }

    /** Whether the residency of {@code account} that a reading is about to begin, which took so long, is to be measured. */
    final boolean chooses(Account account, long took) {
        return (left == 0 || account.wantsSamples()) && !isInterrupted(took);
    }

    /**
     * A reading was taken, and a residency begins with it.
     *
     * @param took how long, by the clock on the wall
     * @param chance differs each time
     */
    final void read(long took, int chance) {
        int half = half(took);
        halfOfReading = (char) half;
        int units = readingUnits + (2 * half * UNITS - readingUnits) / SLOWLY;
        readingUnits = (char) Math.max(Math.min(units, Character.MAX_VALUE), LEAST_UNITS);
        if (left == 0) {
            int every = (surprises & ALL) > ALL / (2 * LATEST) ? OFTEN : EVERY;
            left = (short) (1 + (scattered(chance) & (2 * every - 1)));
        }
    }

    private boolean isInterrupted(long took) {
        return took * UNITS > (long) readingUnits * INTERRUPTED;
    }

    /** Numbers next to each other are not any more: what MurmurHash ends with. */
    private static int scattered(int number) {
        int mixed = (number ^ (number >>> 16)) * 0x85EBCA6B;
        mixed = (mixed ^ (mixed >>> 13)) * 0xC2B2AE35;
        return mixed ^ (mixed >>> 16);
    }
}
