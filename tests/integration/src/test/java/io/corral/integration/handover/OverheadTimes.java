package io.corral.integration.handover;

import java.util.concurrent.atomic.LongAccumulator;

/**
 * The CPU time that threads use outside units of work, for example to hand a unit over. Containers
 * are charged for it too. Any thread may call.
 */
final class OverheadTimes {

    private final LongAccumulator longest = new LongAccumulator(Math::max, 0);
    private final ThreadLocal<Long> began = new ThreadLocal<>();

    /** The calling thread has ended a unit. A virtual thread reads the clock of its carrier. */
    void begin(long ownCpuNanos) {
        if (!Thread.currentThread().getClass().getName().equals("java.lang.VirtualThread")) {
            began.set(ownCpuNanos);
        }
    }

    /** The calling thread begins a unit; what it used before its first one is not counted. */
    void end(long ownCpuNanos) {
        Long start = began.get();
        if (start != null) {
            longest.accumulate(ownCpuNanos - start);
        }
    }

    /** See {@link UnitTimes#wasSuspended}. */
    boolean wasSuspended() {
        return longest.get() > UnitTimes.SUSPENSION_NANOS;
    }
}
