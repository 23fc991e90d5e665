package io.corral.runtime.accounting;

/** Clocks that a test advances. After each reading it can run the steps of other threads. */
final class ManualClock implements ThreadClock {

    /** Written by the owner alone. */
    private volatile long cpuNanos;

    private volatile long allocatedBytes;
    private volatile boolean running = true;
    private volatile long misreadBytes;
    private Runnable afterReading = () -> {};

    ManualClock(long cpuNanos, long allocatedBytes) {
        this.cpuNanos = cpuNanos;
        this.allocatedBytes = allocatedBytes;
    }

    /** Runs after each reading and before it is used, so that the reading is stale by then. */
    void afterReading(Runnable others) {
        afterReading = others;
    }

    void advance(long nanos, long bytes) {
        cpuNanos += nanos;
        allocatedBytes += bytes;
    }

    /** By how much other threads read a wrong number of allocated bytes from now on. */
    void misread(long bytes) {
        misreadBytes = bytes;
    }

    /** The thread has ended: other threads read -1 from now on. */
    void stop() {
        running = false;
    }

    @Override
    public long ownCpuNanos() {
        return read(cpuNanos);
    }

    @Override
    public long cpuNanos() {
        return read(running ? cpuNanos : -1);
    }

    @Override
    public long ownAllocatedBytes() {
        return read(allocatedBytes);
    }

    @Override
    public long allocatedBytes() {
        return read(running ? allocatedBytes + misreadBytes : -1);
    }

    private long read(long value) {
        afterReading.run();
        return value;
    }
}
