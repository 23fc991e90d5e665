package io.corral.runtime.membership;

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
        cpuNanos = cpuNanos(meter);
        allocatedBytes = allocatedBytes(meter);
    }

    /** CPU nanoseconds of this thread alone, while mounted on {@code meter}'s thread. */
    public long cpuNanos(Meter meter) {
        return cpuNanos + meter.chargedCpuNanos() - mountedAtCpuNanos;
    }

    /** Bytes allocated by this thread alone, while mounted on {@code meter}'s thread. */
    public long allocatedBytes(Meter meter) {
        return allocatedBytes + meter.chargedAllocatedBytes() - mountedAtAllocatedBytes;
    }

    public long lifetimeNanos() {
        return System.nanoTime() - bornNanoTime;
    }
}
