package io.corral.runtime.accounting;

/** A thread's clocks, moved by hand. What others do in the middle of a reading can be chosen. */
final class HandClock implements ThreadClock {

    /** Written by the owner alone. */
    private volatile long cpuNanos;

    private volatile long allocatedBytes;
    private volatile boolean running = true;
    private Runnable meanwhile = () -> {};

    HandClock(long cpuNanos, long allocatedBytes) {
        this.cpuNanos = cpuNanos;
        this.allocatedBytes = allocatedBytes;
    }

    /** Runs after each value was read and before it is used: what was read is stale by then. */
    void meanwhile(Runnable others) {
        meanwhile = others;
    }

    void advance(long nanos, long bytes) {
        cpuNanos += nanos;
        allocatedBytes += bytes;
    }

    /** From now on others read nothing. */
    void stop() {
        running = false;
    }

    @Override
    public long ownCpuNanos() {
        return thenOthers(cpuNanos);
    }

    @Override
    public long cpuNanos() {
        return thenOthers(running ? cpuNanos : -1);
    }

    @Override
    public long ownAllocatedBytes() {
        return thenOthers(allocatedBytes);
    }

    @Override
    public long allocatedBytes() {
        return thenOthers(running ? allocatedBytes : -1);
    }

    private long thenOthers(long value) {
        meanwhile.run();
        return value;
    }
}
