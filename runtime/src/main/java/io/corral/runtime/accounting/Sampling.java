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

    private int random = System.identityHashCode(this) | 1;

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

    /** A reading was taken, and {@code state} begins a residency of {@code account}. */
    void read(long state, Account account) {
        measured = left <= 0 || account.wantsSamples() ? state : NONE;
        if (left <= 0) {
            random ^= random << 13;
            random ^= random >>> 17;
            random ^= random << 5;
            left = 1 + (random & (2 * EVERY - 1));
        }
    }

    /** Whether the residency that {@code state} began was measured from its begin. */
    boolean isMeasured(long state) {
        return state == measured;
    }
}
