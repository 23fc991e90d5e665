package io.corral.runtime.accounting;

/**
 * Chooses short stays that end with a reading nevertheless: about one in {@value #SELDOM}, at
 * random. The stay after such a one is <em>sampled</em>: it lies between two readings, which show
 * how much of its wall time was CPU time. (To choose every n-th would coincide with patterns of the
 * application, and stays after long ones are not representative.) Used by the owner only.
 *
 * <p>A reading itself takes CPU time. Half of that is charged to the stay that it ends, and half to
 * the next one, since the clock is read in the middle. The length of a stay by the wall clock
 * includes neither half.
 *
 * <p>Its fields are small so that the object takes 24 bytes.
 */
final class Sampling {

    private static final int SELDOM = 512;

    /**
     * Used instead of {@link #SELDOM} while samples deviate from the estimates. Stays block then,
     * so a reading costs little in comparison.
     */
    private static final int OFTEN = 64;

    /** Stays until the next reading after one with an unknown ratio. */
    private static final short SOON = 16;

    /** A reading that takes longer than this many times the average was interrupted. */
    private static final int INTERRUPTED = 2;

    /** The weight of the latest reading in the moving average is 1 / {@value}. */
    private static final int AVERAGE = 16;

    /** A sample deviates if it differs from its estimate by more than 1 / {@value} of it... */
    private static final int FAR_PART = 8;

    /** ...and by more than this, since readings are not more exact. */
    private static final int FAR_NANOS = 500;

    /** The weight of the latest sample in the average of deviations is 1 / {@value}. */
    private static final int LATEST = 8;

    private static final int ALL_DEVIATE = 255;

    /** The units of {@link #readingUnits} in a nanosecond. The field has room for 16 us. */
    private static final int UNITS = 4;

    private static final int LEAST_UNITS = 16 * UNITS;

    /** The moving average of what a reading takes. It starts high, as the code is cold. */
    private char readingUnits = 500 * UNITS;

    /** Half of the latest reading's duration, without interruptions. */
    private char halfReading;

    /** Stays until the next reading. */
    private short left = SOON;

    /** The average share of deviating samples, from 0 to {@link #ALL_DEVIATE}. */
    private byte deviations = (byte) ALL_DEVIATE;

    /** Counts a stay, and returns whether it has to end with a reading. */
    boolean isReadingDue(boolean isSampled) {
        left = (short) Math.max(left - 1, 0);
        return left == 0 || isSampled;
    }

    /** Makes the next reading due soon, because the ratio of a stay is unknown. */
    void requestReading() {
        left = (short) Math.min(left, SOON);
    }

    /** The nanoseconds that a stay used for the reading with which it began. */
    int halfReading() {
        return halfReading;
    }

    /** Half of the nanoseconds that a reading took, without an interruption. */
    int half(long took) {
        return (int) Math.min(took, (long) readingUnits * INTERRUPTED / UNITS) / 2;
    }

    /** Whether the stay of {@code account} that a reading is about to begin is sampled. */
    boolean chooses(Account account, long took) {
        return (left == 0 || account.needsSample()) && !isInterrupted(took);
    }

    /**
     * A sampled stay has ended.
     *
     * @param cpuNanos from the reading before it to the one after it
     * @param length of the stay, by the wall clock
     * @param took the duration of the reading after it, by the wall clock
     */
    void measure(Account account, long cpuNanos, long length, long took) {
        if (isInterrupted(took)) {
            return;
        }
        int expected = account.estimate(length);
        long used = Math.max(cpuNanos - halfReading - half(took), 0);
        account.sample(used, length);
        boolean deviates = expected == CpuRatios.UNKNOWN
                || Math.abs(used - expected) > Math.max(expected / FAR_PART, FAR_NANOS);
        int known = this.deviations & ALL_DEVIATE;
        this.deviations = (byte) (known + ((deviates ? ALL_DEVIATE : 0) - known) / LATEST);
    }

    /**
     * A reading has ended, and a stay begins.
     *
     * @param took the duration of the reading, by the wall clock
     * @param chance a random number
     */
    void endReading(long took, int chance) {
        int half = half(took);
        halfReading = (char) half;
        int units = readingUnits + (2 * half * UNITS - readingUnits) / AVERAGE;
        readingUnits = (char) Math.max(Math.min(units, Character.MAX_VALUE), LEAST_UNITS);
        if (left == 0) {
            int mean = (deviations & ALL_DEVIATE) > ALL_DEVIATE / (2 * LATEST) ? OFTEN : SELDOM;
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
