package io.corral.runtime.thread;

/** A virtual thread with totals from its start on, because the event for its exit is enabled. */
public final class MeteredVirtualMember extends QueuedVirtualMember {

    private final long bornNanoTime = System.nanoTime();

    private final VirtualTotals totals;

    public MeteredVirtualMember(Runnable runContinuation) {
        this(new VirtualTotals(runContinuation));
    }

    private MeteredVirtualMember(VirtualTotals totals) {
        super(totals);
        this.totals = totals;
    }

    /** CPU nanoseconds of this thread alone, up to its last dismount. */
    public long cpuNanos() {
        return totals.dismountedCpuNanos();
    }

    /** Bytes allocated by this thread alone, up to its last dismount. */
    public long allocatedBytes() {
        return totals.dismountedAllocatedBytes();
    }

    public long lifetimeNanos() {
        return System.nanoTime() - bornNanoTime;
    }
}
