package io.corral.runtime.thread;

import io.corral.runtime.accounting.JvmClocks;

/**
 * What a virtual thread has used itself: since it first asked, or since its start. It stands in the
 * member in place of the JDK's object, to which it delegates. So other virtual threads have no
 * field for it.
 */
public final class VirtualTotals implements Runnable {

    private final Runnable runContinuation;

    /** CPU time up to the last dismount. */
    private long cpuNanos;

    private long allocatedBytes;

    /** The carrier's clock at the last mount. */
    private long mountedAtCpuNanos;

    private long mountedAtAllocatedBytes;

    VirtualTotals(Runnable runContinuation) {
        this.runContinuation = runContinuation;
    }

    @Override
    public void run() {
        runContinuation.run();
    }

    /** Called on the carrier, or on the thread itself. */
    void mounted() {
        mountedAtCpuNanos = JvmClocks.ownCpuNanos();
        mountedAtAllocatedBytes = JvmClocks.ownAllocatedBytes();
    }

    /** Called on the carrier. */
    void dismounting() {
        allocatedBytes = allocatedBytes();
        cpuNanos = cpuNanos();
    }

    /** CPU nanoseconds up to the last dismount. */
    long dismountedCpuNanos() {
        return cpuNanos;
    }

    /** Bytes up to the last dismount. */
    long dismountedAllocatedBytes() {
        return allocatedBytes;
    }

    /** CPU nanoseconds up to now. Called on the thread itself. */
    public long cpuNanos() {
        return cpuNanos + Math.max(JvmClocks.ownCpuNanos() - mountedAtCpuNanos, 0);
    }

    /** Bytes up to now. Called on the thread itself. */
    public long allocatedBytes() {
        return allocatedBytes
                + Math.max(JvmClocks.ownAllocatedBytes() - mountedAtAllocatedBytes, 0);
    }
}
