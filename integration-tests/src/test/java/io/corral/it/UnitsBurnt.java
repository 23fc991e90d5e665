package io.corral.it;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

/** What each of many equal units of work has burnt, by its thread's own clock. Any thread may add. */
final class UnitsBurnt {

    /** What a unit may burn beyond the usual while its code is not compiled yet. */
    private static final long USUAL_EXCESS = 3_000_000;

    private final long[] nanos;
    private final AtomicInteger count = new AtomicInteger();

    UnitsBurnt(int most) {
        nanos = new long[most];
    }

    /** Whoever reads has waited until all have added. */
    void add(long unit) {
        nanos[count.getAndIncrement()] = unit;
    }

    long sum() {
        return units().sum();
    }

    /**
     * What single units of both have burnt beyond the usual. A virtual machine that stands still for 20 ms has
     * all its processors stand still, and its guest takes the time for CPU time of whatever thread each was running: a unit's
     * here, and there what lies between two of them, which is charged to a container and in nobody's unit.
     */
    static long standstills(UnitsBurnt one, UnitsBurnt other) {
        long[] sorted = LongStream.concat(one.units(), other.units()).sorted().toArray();
        long usual = sorted[sorted.length / 2];
        return Arrays.stream(sorted)
                .map(unit -> unit - usual)
                .filter(excess -> excess > USUAL_EXCESS)
                .sum();
    }

    private LongStream units() {
        return Arrays.stream(nanos, 0, count.get());
    }

    @Override
    public String toString() {
        return Long.toString(sum());
    }
}
