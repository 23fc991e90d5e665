package io.corral.runtime.thread;

import io.corral.runtime.accounting.Meter;

/**
 * A virtual thread whose own usage is asked for, since the event of its exit is on: it reads the
 * carrier's clocks at each mount and each dismount.
 */
public final class MeteredVirtualMember extends VirtualMember {

    private final long bornNanoTime = System.nanoTime();

    /** What earlier stays on carriers have used. Written on the carrier. */
    private long cpuNanos;

    private long allocatedBytes;

    /** What the carrier's meter had charged when this stay began. */
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
