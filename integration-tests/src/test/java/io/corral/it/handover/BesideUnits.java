package io.corral.it.handover;

import java.util.concurrent.atomic.LongAccumulator;

/**
 * What threads use beside units of work: to hand them over, and between one and the next. It is in nobody's unit, and is
 * charged to a container all the same. Any thread may call.
 */
final class BesideUnits {

    private final LongAccumulator longest = new LongAccumulator(Math::max, 0);
    private final ThreadLocal<Long> began = new ThreadLocal<>();

    /** From here on the calling thread does no unit. A virtual one has another clock on another carrier. */
    void begin(long ownCpuNanos) {
        if (!Thread.currentThread().getClass().getName().equals("java.lang.VirtualThread")) {
            began.set(ownCpuNanos);
        }
    }

    /** What a thread uses before its first unit, or behind its last, is not looked at. */
    void end(long ownCpuNanos) {
        Long start = began.get();
        if (start != null) {
            longest.accumulate(ownCpuNanos - start);
        }
    }

    /** Whether the machine did, as in {@link UnitsBurnt#stoodStill}. */
    boolean stoodStill() {
        return longest.get() > UnitsBurnt.STANDSTILL_NANOS;
    }
}
