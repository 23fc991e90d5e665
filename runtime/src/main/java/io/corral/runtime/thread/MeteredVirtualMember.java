package io.corral.runtime.thread;

import io.corral.runtime.accounting.Meter;

/**
 * A virtual thread with totals of its own, because the event for its exit is enabled. They are
 * computed from the carrier's clocks at each mount and each dismount.
 */
public final class MeteredVirtualMember extends QueuedVirtualMember {

    private final long bornNanoTime = System.nanoTime();

    /** The thread's CPU time up to its last dismount. Written on the carrier. */
    private long cpuNanos;

    private long allocatedBytes;

    /** The carrier's charged CPU time at the last mount. */
    private long mountedAtCpuNanos;

    private long mountedAtAllocatedBytes;

    public MeteredVirtualMember(Runnable runContinuation) {
        super(runContinuation);
    }

    @Override
    void mounted(Meter meter) {
        meter.settleOwn();
        mountedAtCpuNanos = meter.chargedCpuNanos();
        mountedAtAllocatedBytes = meter.chargedAllocatedBytes();
    }

    @Override
    void dismounting(Meter meter) {
        meter.settleOwn();
        cpuNanos += meter.chargedCpuNanos() - mountedAtCpuNanos;
        allocatedBytes += meter.chargedAllocatedBytes() - mountedAtAllocatedBytes;
    }

    /** CPU nanoseconds of this thread alone, up to its last dismount. */
    public long cpuNanos() {
        return cpuNanos;
    }

    /** Bytes allocated by this thread alone, up to its last dismount. */
    public long allocatedBytes() {
        return allocatedBytes;
    }

    public long lifetimeNanos() {
        return System.nanoTime() - bornNanoTime;
    }
}
