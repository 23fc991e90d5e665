package io.corral.runtime.accounting;

/** A meter whose clocks stand still but where its owner moves them: first CPU time, then bytes. */
final class HandMovedMeter extends Meter {

    private volatile long cpuNanos;
    private volatile long allocatedBytes;
    private long passing;

    /** Whatever else the machine does; and a model checker's clock stands still. */
    private long patienceNanos = Long.MAX_VALUE;

    HandMovedMeter(ClockPolicy policy, Account account) {
        super(0, policy, account);
    }

    /** Owner: a thread that allocates uses CPU time, and before the bytes are there. */
    void work(long nanos, long bytes) {
        long cpu = cpuNanos;
        long allocated = allocatedBytes;
        cpuNanos = cpu + nanos;
        allocatedBytes = allocated + bytes;
    }

    /** Before actors begin: by how much the CPU clock goes on after each reading of the owner's. */
    void passesAfterReading(long nanos) {
        passing = nanos;
    }

    /** Before actors begin: readers do not wait until the owner has charged. */
    void hasNoPatience() {
        patienceNanos = -1;
    }

    @Override
    long patienceNanos() {
        return patienceNanos;
    }

    @Override
    public long ownCpuNanos() {
        long reading = cpuNanos;
        if (passing > 0) {
            cpuNanos = reading + passing;
        }
        return reading;
    }

    @Override
    public long cpuNanos() {
        return cpuNanos;
    }

    @Override
    public long ownAllocatedBytes() {
        return allocatedBytes;
    }

    @Override
    public long allocatedBytes() {
        return allocatedBytes;
    }
}
