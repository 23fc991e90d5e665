package io.corral.runtime.usage;

import io.corral.Usage;

import java.util.concurrent.TimeUnit;

/**
 * Decides whether a reading may skip the threads that rest. It may if the <em>unexplained</em> CPU
 * time, which is the process's CPU time minus what the reading has found, has grown by less than a
 * bound since all threads were read last. If it has fallen since, it is compared with its lowest
 * value; otherwise resting threads could use as much as it has fallen without being read. (It falls
 * between two steps of the process's clock.) Guarded by the lock of readers.
 *
 * <p>What skipped threads have used is charged at the next reading of all threads, or when they
 * switch or end.
 */
final class SkipPolicy {

    /**
     * The smallest number of resting threads that are skipped. With fewer, the process's clock
     * costs as much as theirs.
     */
    static final int MANY = 100;

    /** Two steps of the process's clock on Linux: user and system time are cut separately. */
    static final long BOUND_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private long unexplainedNanos = Usage.UNKNOWN;

    /**
     * Called after the threads that do not rest were read: whether the others may be skipped.
     *
     * @param nowNanos the unexplained CPU time, or unknown
     */
    boolean maySkip(long nowNanos) {
        if (!Usage.isKnown(nowNanos) || !Usage.isKnown(unexplainedNanos)) {
            return false;
        }
        unexplainedNanos = Math.min(unexplainedNanos, nowNanos);
        return nowNanos - unexplainedNanos <= BOUND_NANOS;
    }

    /** Called after all threads were read; see {@link #maySkip}. */
    void allRead(long nowNanos) {
        unexplainedNanos = nowNanos;
    }
}
