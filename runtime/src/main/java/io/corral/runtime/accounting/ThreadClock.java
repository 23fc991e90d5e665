package io.corral.runtime.accounting;

/** The two clocks of one platform thread. */
public interface ThreadClock {

    /** CPU nanoseconds, read by the thread itself; -1 if unknown. */
    long ownCpuNanos();

    /** CPU nanoseconds, read by another thread; -1 if unknown or the thread does not run. */
    long cpuNanos();

    /** Allocated bytes, read by the thread itself: exact; -1 if unknown. */
    long ownAllocatedBytes();

    /** Allocated bytes, read by another thread: may be torn, may fall; -1 if unknown. */
    long allocatedBytes();

    /** Allocated bytes, read by another thread: of two readings the smaller, since one may be torn. */
    default long smallerAllocatedBytes() {
        return Math.min(allocatedBytes(), allocatedBytes());
    }
}
