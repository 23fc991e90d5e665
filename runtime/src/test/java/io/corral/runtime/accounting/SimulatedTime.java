package io.corral.runtime.accounting;

import java.util.SplittableRandom;

/**
 * A thread's CPU clock and the clock on the wall, moved by what the thread does. To look at them takes
 * time as well, half of it before the value is taken.
 */
final class SimulatedTime implements ThreadClock {

    /** For so long another thread has the core. */
    private static final long PREEMPTED_NANOS = 3_000_000;

    private static final long LOOK_NANOS = 20;
    private static final long NEVER = Long.MAX_VALUE;

    private final SplittableRandom random;

    /** Of the CPU clock; each reading takes a tenth more, or less. */
    private final long readingNanos;

    /** From one preemption to the next, in CPU time; 0 for never. */
    private final long sliceNanos;

    private long wallNanos;
    private long cpuNanos;
    private long leftOfSlice;

    SimulatedTime(SplittableRandom random, long readingNanos, long sliceNanos) {
        this.random = random;
        this.readingNanos = readingNanos;
        this.sliceNanos = sliceNanos;
        this.leftOfSlice = nextSlice();
    }

    private long nextSlice() {
        return sliceNanos == 0
                ? NEVER
                : 1 + (long) (-sliceNanos * Math.log(random.nextDouble(1e-9, 1)));
    }

    void use(long nanos) {
        long left = nanos;
        while (left >= leftOfSlice) {
            left -= leftOfSlice;
            advance(leftOfSlice);
            wallNanos += PREEMPTED_NANOS;
            leftOfSlice = nextSlice();
        }
        advance(left);
        leftOfSlice -= leftOfSlice == NEVER ? 0 : left;
    }

    private void advance(long nanos) {
        wallNanos += nanos;
        cpuNanos += nanos;
    }

    void block(long nanos) {
        wallNanos += nanos;
    }

    /** As an onlooker: takes no time. */
    long wallNanos() {
        return wallNanos;
    }

    long nanoTime() {
        use(LOOK_NANOS / 2);
        long now = wallNanos;
        use(LOOK_NANOS / 2);
        return now;
    }

    @Override
    public long ownCpuNanos() {
        long half = random.nextLong(readingNanos * 9 / 10, readingNanos * 11 / 10) / 2;
        use(half);
        long now = cpuNanos;
        use(half);
        return now;
    }

    /** As an onlooker: takes no time. */
    @Override
    public long cpuNanos() {
        return cpuNanos;
    }

    @Override
    public long ownAllocatedBytes() {
        use(LOOK_NANOS);
        return 0;
    }

    @Override
    public long allocatedBytes() {
        return 0;
    }
}
