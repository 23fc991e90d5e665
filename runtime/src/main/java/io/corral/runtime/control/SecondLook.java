package io.corral.runtime.control;

import java.util.concurrent.TimeUnit;

/**
 * Whether a tick is still missing some time after it was first found missing. A process that was
 * stopped goes on with an old tick, so one look is not enough. Any thread may look.
 */
final class SecondLook {

    private static final long DISTANCE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long NEVER = 0;

    private volatile long firstNanoTime = NEVER;

    /** Called where a tick is found missing. */
    boolean isConfirmed(long nowNanoTime) {
        long first = firstNanoTime;
        if (first == NEVER) {
            firstNanoTime = nowNanoTime;
            return false;
        }
        return nowNanoTime - first >= DISTANCE_NANOS;
    }

    /** Called when a tick has come. */
    void clear() {
        firstNanoTime = NEVER;
    }
}
