package io.corral.runtime.accounting;

import java.util.SplittableRandom;

/**
 * A simulated thread's CPU clock and wall clock. A reading takes time as well: half of it before
 * the value is taken, half after.
 */
final class SimulatedTime implements ThreadClock {

    /** How long another thread has the core. */
    private static final long PREEMPTED_NANOS = 3_000_000;

    /** How long a reading of any other clock takes. */
    private static final long SHORT_READING_NANOS = 20;

    private static final long NEVER = Long.MAX_VALUE;

    private final SplittableRandom random;

    /** How long a reading of the CPU clock takes, give or take a tenth. */
    private final long readingNanos;

    /** The mean CPU time from one preemption to the next; 0 for never. */
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

    /** Read from outside: takes no time. */
    long wallNanos() {
        return wallNanos;
    }

    long nanoTime() {
        use(SHORT_READING_NANOS / 2);
        long now = wallNanos;
        use(SHORT_READING_NANOS / 2);
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

    /** Read from outside: takes no time. */
    @Override
    public long cpuNanos() {
        return cpuNanos;
    }

    @Override
    public long ownAllocatedBytes() {
        use(SHORT_READING_NANOS);
        return 0;
    }

    @Override
    public long allocatedBytes() {
        return 0;
    }
}
