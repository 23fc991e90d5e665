package io.corral.runtime.accounting;

/**
 * The ratio of CPU time to wall time of the threads of an account, by the length of a residency. It
 * is a ratio of sums over sampled residencies, in which older samples weigh less. (A mean of
 * ratios, or one ratio for all lengths, is wrong where some residencies block.) Threads update it
 * without synchronization. A lost update is one sample less.
 */
final class CpuRatios {

    /** The estimate for a length of which there is no sample yet. */
    static final int UNKNOWN = -1;

    /** Classes of length: up to 2 us, 4 us, and so on to the longest short residency. */
    private static final int CLASSES = 6;

    private static final int FIRST_CLASS_BITS = 11;

    /** The weight of earlier samples after another one: about 64 samples count. */
    private static final float AGING = 1 - 1f / 64;

    /** The first samples of an account are taken one after another, not by chance. */
    private static final int EAGER = 8;

    /** A larger debt is an error of measurement. */
    private static final long MAX_OWED = 4 * Meter.LONG_NANOS;

    private static final int RATIO_BITS = 16;
    private static final int ALL = 1 << RATIO_BITS;

    private final float[] cpu = new float[CLASSES];
    private final float[] wall = new float[CLASSES];

    /** {@link #cpu} over {@link #wall}, as a fixed-point number; 0 if there is no sample. */
    private final int[] ratio = new int[CLASSES];

    /** Counts up to {@link #EAGER}. */
    private int samples;

    /** The excess charge of long residencies, since a rest below 0 counted as 0. */
    private long owed;

    /** Whether there are too few samples yet to leave the next to chance. */
    boolean isEager() {
        return samples < EAGER;
    }

    /** The CPU time that a residency of this length has probably used, or {@link #UNKNOWN}. */
    int estimate(long wallNanos) {
        int known = ratio[classOf(wallNanos)];
        return known == 0 ? UNKNOWN : (int) ((wallNanos * known) >> RATIO_BITS);
    }

    void add(long cpuNanos, long wallNanos) {
        int lengths = classOf(wallNanos);
        float used = cpu[lengths] * AGING + cpuNanos;
        float passed = wall[lengths] * AGING + wallNanos;
        cpu[lengths] = used;
        wall[lengths] = passed;
        ratio[lengths] = Math.max(Math.min(Math.round(used / passed * ALL), ALL), 1);
        if (samples < EAGER) {
            samples++;
        }
    }

    /**
     * The charge of a long residency, after the estimates of the short ones before it were
     * subtracted. If these were too high, the rest is below 0. Using 0 each time would charge long
     * residencies too much, so the debt is kept and taken off the next rest.
     *
     * @return at least 0, and at most {@code nanos} if that is positive
     */
    long rest(long nanos) {
        long left = nanos - owed;
        owed = Math.min(Math.max(-left, 0), MAX_OWED);
        return Math.max(left, 0);
    }

    private static int classOf(long wallNanos) {
        int bits = Long.SIZE - Long.numberOfLeadingZeros(wallNanos >> FIRST_CLASS_BITS);
        return Math.min(bits, CLASSES - 1);
    }
}
