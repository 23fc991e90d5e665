package io.corral.runtime.accounting;

/**
 * The ratio of CPU time to wall time of the threads of an account, by the length of a stay. It is a
 * ratio of sums over sampled stays, in which older samples weigh less. (A mean of ratios, or one
 * ratio for all lengths, would be wrong if some stays block.) Threads update it without
 * synchronization. A lost update is one sample less.
 */
final class CpuRatios {

    /** The estimate for a length of which there is no sample yet. */
    static final int UNKNOWN = -1;

    /** Classes of length: up to 2 us, 4 us, and so on to the longest short stay. */
    private static final int CLASSES = 6;

    private static final int FIRST_CLASS_BITS = 11;

    /**
     * By this factor the weight of earlier samples falls with each sample: about 64 samples count.
     */
    private static final float AGING = 1 - 1f / 64;

    /** This many stays of an account are sampled one after another before sampling is random. */
    private static final int FIRST_SAMPLES = 8;

    /** A larger value of {@link #owed} is an error of measurement. */
    private static final long MAX_OWED = 4 * ClockPolicy.SHORT_STAY_NANOS;

    private static final int RATIO_BITS = 16;
    private static final int ALL = 1 << RATIO_BITS;

    private final float[] cpu = new float[CLASSES];
    private final float[] wall = new float[CLASSES];

    /** {@link #cpu} over {@link #wall}, as a fixed-point number; 0 if there is no sample. */
    private final int[] ratio = new int[CLASSES];

    /** Counts up to {@link #FIRST_SAMPLES}. */
    private int samples;

    /** What long stays were charged too much so far, because a rest below 0 counted as 0. */
    private long owed;

    /** Whether the next stay is to be sampled, since there are few samples yet. */
    boolean hasFewSamples() {
        return samples < FIRST_SAMPLES;
    }

    /** The estimated CPU time of a stay of this length, or {@link #UNKNOWN}. */
    int estimate(long wallNanos) {
        int known = ratio[classOf(wallNanos)];
        return known == 0 ? UNKNOWN : (int) ((wallNanos * known) >> RATIO_BITS);
    }

    void add(long cpuNanos, long wallNanos) {
        int lengthClass = classOf(wallNanos);
        float used = cpu[lengthClass] * AGING + cpuNanos;
        float passed = wall[lengthClass] * AGING + wallNanos;
        cpu[lengthClass] = used;
        wall[lengthClass] = passed;
        ratio[lengthClass] = Math.max(Math.min(Math.round(used / passed * ALL), ALL), 1);
        if (samples < FIRST_SAMPLES) {
            samples++;
        }
    }

    /**
     * The charge of a long stay: the rest of its interval after the estimates of the short stays
     * are subtracted. If these were too high, the rest is below 0, and 0 is charged. The difference
     * is kept in {@link #owed} and subtracted from the next rests.
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
