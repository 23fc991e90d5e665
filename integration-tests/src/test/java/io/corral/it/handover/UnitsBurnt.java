package io.corral.it.handover;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

/** What each of many equal units of work has burnt, in nanoseconds by its thread's own clock. Any thread may add. */
final class UnitsBurnt {

    /** A unit that is not compiled yet burns less than this beyond the usual; what is beside units takes far less. */
    static final long STANDSTILL_NANOS = 3_000_000;

    private final long[] units;
    private final AtomicInteger added = new AtomicInteger();

    UnitsBurnt(int units) {
        this.units = new long[units];
    }

    void add(long nanos) {
        units[added.getAndIncrement()] = nanos;
    }

    /** Of all: who asks has waited until they were added. */
    long sum() {
        return Arrays.stream(units).sum();
    }

    /**
     * Whether single units have burnt far more than others do. A virtual machine that stands still for 20 ms has all its
     * processors stand still, and its guest takes that for CPU time of whatever thread each was running: a unit's
     * here, and there what lies beside them ({@link BesideUnits}).
     */
    static boolean stoodStill(UnitsBurnt one, UnitsBurnt other) {
        long[] sorted = LongStream.concat(Arrays.stream(one.units), Arrays.stream(other.units))
                .sorted()
                .toArray();
        return sorted[sorted.length - 1] - sorted[sorted.length / 2] > STANDSTILL_NANOS;
    }

    @Override
    public String toString() {
        return Long.toString(sum());
    }
}
