package io.corral.runtime.accounting;

/** A meter whose clocks change only when its owner advances them: CPU time, then bytes. */
final class ManualMeter extends Meter {

    private volatile long cpuNanos;
    private volatile long allocatedBytes;
    private long passingNanos;

    /**
     * Endless, since a model checker's clock does not advance, and a test must not depend on load.
     */
    private long patienceNanos = Long.MAX_VALUE;

    ManualMeter(ClockPolicy policy, Account account) {
        super(0, policy, account, 0, 0);
    }

    /** Owner: uses CPU time, and then allocates. */
    void work(long nanos, long bytes) {
        long cpu = cpuNanos;
        long allocated = allocatedBytes;
        cpuNanos = cpu + nanos;
        allocatedBytes = allocated + bytes;
    }

    /** Call before the actors begin: the CPU clock advances after each reading by the owner. */
    void advanceAfterReading(long nanos) {
        passingNanos = nanos;
    }

    /** Call before the actors begin: readers do not wait for an owner that charges. */
    void disableWaits() {
        patienceNanos = -1;
    }

    /** Call before the actors begin: short stays can end without a reading from now on. */
    void skipReadings() {
        uncharged = new UnchargedStays(nanoTime());
    }

    @Override
    long patienceNanos() {
        return patienceNanos;
    }

    @Override
    long ownCpuNanos() {
        long reading = cpuNanos;
        if (passingNanos > 0) {
            cpuNanos = reading + passingNanos;
        }
        return reading;
    }

    @Override
    long cpuNanos() {
        return cpuNanos;
    }

    @Override
    long ownAllocatedBytes() {
        return allocatedBytes;
    }

    @Override
    long allocatedBytes() {
        return allocatedBytes;
    }
}
