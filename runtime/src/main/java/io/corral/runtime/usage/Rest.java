package io.corral.runtime.usage;

import io.corral.Usage;

import java.util.concurrent.TimeUnit;

/**
 * Decides whether the threads that rest may be left out of a reading. They may if the process has
 * used hardly more CPU time than the reading has found: the rest of it, which nothing explains, has
 * grown by less than a bound since all threads were read last. If it has fallen since, as where the
 * first estimate of teardowns explains much at once, it is compared with the lowest value: else
 * these threads could use as much as it has fallen by. Guarded by the lock of readers.
 *
 * <p>What these threads have used all the same is charged at the next reading of all threads, or
 * when they switch or end.
 */
final class Rest {

    /** With fewer threads the process's clock costs as much as theirs. */
    static final int MANY = 100;

    /** Two steps of the process's clock on Linux: user and system time are cut separately. */
    static final long BOUND_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private long unexplainedNanos = Usage.UNKNOWN;

    /**
     * Called after the threads that do not rest were read.
     *
     * @param nowNanos CPU time of the process that nothing explains, or unknown
     */
    boolean explains(long nowNanos) {
        if (!Usage.isKnown(nowNanos) || !Usage.isKnown(unexplainedNanos)) {
            return false;
        }
        unexplainedNanos = Math.min(unexplainedNanos, nowNanos);
        return nowNanos - unexplainedNanos <= BOUND_NANOS;
    }

    /** Called after all threads were read; see {@link #explains}. */
    void allWereRead(long nowNanos) {
        unexplainedNanos = nowNanos;
    }
}
