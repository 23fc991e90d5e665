package io.corral.runtime.thread;

import io.corral.runtime.accounting.Meter;

/**
 * Whether a platform thread rests, so that readings may skip it: the latest readings have found no
 * progress of its CPU clock, and nothing is left to be charged. Written under the lock of readers;
 * other threads may see an earlier value.
 */
final class RestDetector {

    /** The number of readings in a row without progress after which a thread rests. */
    private static final byte READINGS_AT_REST = 3;

    private byte readingsAtRest;

    /**
     * When the first of these readings was, in units of 2<sup>30</sup> ns. A runnable thread rests
     * only if it has done so for long: before, it may wait for a CPU anywhere.
     */
    private short restsSince;

    boolean rests() {
        return readingsAtRest == READINGS_AT_REST;
    }

    /** Called after a reading that has found progress. */
    void progressed() {
        readingsAtRest = 0;
    }

    /**
     * Called after a reading that has found none. The last one before the thread rests charges what
     * the thread has allocated.
     */
    void stoodStill(Meter meter, Thread thread) {
        if (rests()) {
            return;
        }
        if (readingsAtRest == 0) {
            restsSince = secondsNow();
        }
        boolean isLast = readingsAtRest == READINGS_AT_REST - 1;
        if (!isLast || meter.settleResting(thread, hasRestedLong())) {
            readingsAtRest++;
        }
    }

    /** Whether no reading has found progress for more than a second. */
    private boolean hasRestedLong() {
        return (short) (secondsNow() - restsSince) >= 2;
    }

    private static short secondsNow() {
        return (short) (System.nanoTime() >> 30);
    }
}
