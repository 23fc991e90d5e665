package io.corral.integration.handover;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

/** The CPU nanoseconds of each of many equal units of work, by its thread's clock. Thread-safe. */
final class UnitTimes {

    /** More than the extra time of a unit that is not compiled yet. */
    static final long SUSPENSION_NANOS = 3_000_000;

    private final long[] units;
    private final AtomicInteger added = new AtomicInteger();

    UnitTimes(int units) {
        this.units = new long[units];
    }

    void add(long nanos) {
        units[added.getAndIncrement()] = nanos;
    }

    /** The sum of all units. The caller must wait until all were added. */
    long sum() {
        return Arrays.stream(units).sum();
    }

    /**
     * Whether a unit has burnt far more than the others. If the virtual machine is suspended, the
     * guest counts the pause as CPU time of the running threads, inside a unit or outside
     * ({@link OverheadTimes}).
     */
    static boolean wasSuspended(UnitTimes one, UnitTimes other) {
        long[] sorted = LongStream.concat(Arrays.stream(one.units), Arrays.stream(other.units))
                .sorted()
                .toArray();
        return sorted[sorted.length - 1] - sorted[sorted.length / 2] > SUSPENSION_NANOS;
    }

    @Override
    public String toString() {
        return Long.toString(sum());
    }
}
