package io.corral.runtime.accounting;

/**
 * The waits of an account that have not ended, as one sum. A wait adds a term that depends on when
 * it began, and subtracts the same term at its end. So a reader finds the number and the durations
 * of all open waits without a list of them.
 *
 * <p>A term is {@code BASE + t}, where {@code t} is the time at which the wait began. At the time
 * {@code now}, the sum of {@code n} terms is {@code n * (BASE + now) - d}, where {@code d} is the
 * duration of all {@code n} waits together. As long as {@code d} is less than three quarters of
 * {@code BASE + now}, {@code n} is the only number that fits.
 *
 * <p>Times are in ticks, so that eight million waits fit into the sum, and 200 million seconds,
 * such as those of a million threads that wait for three minutes. With more, the result is too low.
 *
 * <p>A reader that adds up the cells of {@link StripedCounters} may see the end of a wait and not
 * its beginning. Then it misses that wait, and {@code d} is too low by the wait's duration. So it
 * may be less than 0, and a quarter of the range is below 0.
 */
final class OpenWaits {

    /** The binary logarithm of the nanoseconds of a tick, a quarter of a millisecond. */
    private static final int TICK_BITS = 18;

    private static final long BASE = 1L << 40;

    private static final long START_NANO_TIME = System.nanoTime();

    private OpenWaits() {}

    /** A call initializes this class. */
    static void initialize() {}

    /** What a wait adds to the sum, from the time at which it begins, and subtracts at its end. */
    static long term(long sinceNanoTime) {
        return unit(sinceNanoTime) + 1;
    }

    private static long unit(long nanoTime) {
        return BASE + ((nanoTime - START_NANO_TIME) >> TICK_BITS);
    }

    /** The number of open waits. */
    static long count(long sum, long nowNanoTime) {
        long unit = unit(nowNanoTime);
        long atLeast = sum - unit / 4;
        return atLeast <= 0 ? 0 : (atLeast - 1) / unit + 1;
    }

    /**
     * The duration of all open waits, in nanoseconds. It is too low by up to two ticks for each,
     * and never too high: the beginning of a wait is rounded up.
     */
    static long nanos(long sum, long nowNanoTime) {
        long count = count(sum, nowNanoTime);
        return count == 0 ? 0 : Math.max(count * unit(nowNanoTime) - sum, 0) << TICK_BITS;
    }
}
