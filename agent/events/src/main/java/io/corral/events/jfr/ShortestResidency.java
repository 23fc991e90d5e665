package io.corral.events.jfr;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Decides how long a residency must be to be recorded, where no recording sets a threshold: as
 * short as possible with some {@value #MAX_A_WINDOW} residencies in a tenth of a second. The
 * shortest one is doubled while there are more, and halved after each window with less than half.
 *
 * <p>Racing threads may lose one of these steps, or take it twice. The next window corrects that.
 */
final class ShortestResidency {

    private static final int MAX_A_WINDOW = 200;
    private static final long WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** The first length above 0. */
    private static final long STEP_NANOS = TimeUnit.MICROSECONDS.toNanos(1);

    private static final long MAX_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final AtomicLong windowBegan = new AtomicLong(System.nanoTime());
    private final AtomicInteger inWindow = new AtomicInteger();

    private volatile long nanos;

    /** Residencies of this length are recorded in any case. */
    private volatile long thresholdNanos = Long.MAX_VALUE;

    /**
     * Sets the smallest threshold that a running recording has set.
     *
     * @param nanos {@link Long#MAX_VALUE} if none has set any
     */
    void threshold(long nanos) {
        thresholdNanos = nanos;
    }

    /** Whether residencies of this length are recorded now. Those at a dump do not change that. */
    boolean admitsAtDump(long began) {
        long length = System.nanoTime() - began;
        return length >= thresholdNanos || length >= nanos;
    }

    /** Whether to record a residency that began at {@code began}, and ends now. */
    boolean admits(long began) {
        return admits(System.nanoTime() - began, System.nanoTime());
    }

    boolean admits(long lengthNanos, long now) {
        if (lengthNanos >= thresholdNanos) {
            return true;
        }
        long window = windowBegan.get();
        if (now - window >= WINDOW_NANOS && windowBegan.compareAndSet(window, now)) {
            if (inWindow.getAndSet(0) < MAX_A_WINDOW / 2) {
                nanos = nanos <= STEP_NANOS ? 0 : nanos / 2;
            }
        }
        if (lengthNanos < nanos) {
            return false;
        }
        int recorded = inWindow.incrementAndGet();
        if (recorded > MAX_A_WINDOW && recorded % (MAX_A_WINDOW / 4) == 0) {
            nanos = Math.min(Math.max(2 * nanos, STEP_NANOS), MAX_NANOS);
        }
        return true;
    }
}
