package io.corral.runtime.accounting;

/**
 * How much of their wall time the threads of an account use the CPU, by class of a residency's length:
 * a ratio of sums over residencies that were measured, the older the lighter. (A mean of ratios, or one
 * ratio for all lengths, goes astray where residencies block.) Threads write without regard to each
 * other: an update may be lost, which is one sample less.
 */
final class Shares {

    /** What {@link #estimate} says of a length of which nothing was measured yet. */
    static final int UNKNOWN = -1;

    /** From up to 2 us in doublings to the longest that is short. */
    private static final int CLASSES = 6;

    private static final int FIRST_CLASS_BITS = 11;

    /** Each sample makes the earlier ones that much lighter: some 64 count. */
    private static final float AGING = 1 - 1f / 64;

    /** So many samples are taken one after the other before chance decides. */
    private static final int EAGER = 8;

    /** More than chance would leave over. */
    private static final long OWED_AT_MOST = 4 * Meter.LONG_NANOS;

    private static final int RATIO_BITS = 16;
    private static final int ALL = 1 << RATIO_BITS;

    private final float[] cpu = new float[CLASSES];
    private final float[] wall = new float[CLASSES];

    /**
     * The one over the other in 65,536ths, kept since estimates are many and samples few; 0 is for no
     * sample. (As float numbers they took 8 ns of an enter and close of 120.)
     */
    private final int[] ratio = new int[CLASSES];

    /** No more than {@link #EAGER}. */
    private int samples;

    /** What long residencies were charged too much, as a rest below 0 was taken for 0. */
    private long owed;

    boolean isEager() {
        return samples < EAGER;
    }

    /** What a residency of that length may have used, in nanoseconds, or {@link #UNKNOWN}. */
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
     * What a long residency is charged of a rest. If by chance the short ones before it were estimated
     * too high that is below 0; to take it for 0 each time would charge the long ones too much, so what
     * is below is kept, and taken off the next.
     *
     * @return at least 0, at most {@code nanos} if that is above
     */
    long rest(long nanos) {
        long left = nanos - owed;
        owed = Math.min(Math.max(-left, 0), OWED_AT_MOST);
        return Math.max(left, 0);
    }

    private static int classOf(long wallNanos) {
        int bits = Long.SIZE - Long.numberOfLeadingZeros(wallNanos >> FIRST_CLASS_BITS);
        return Math.min(bits, CLASSES - 1);
    }
}
