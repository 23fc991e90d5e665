package io.corral.runtime.accounting;

/** The clocks of one simulated thread, as {@link JvmClocks} has them of a real one. */
interface ThreadClock {

    /** CPU nanoseconds, read by the thread itself. */
    long ownCpuNanos();

    /** CPU nanoseconds, read by another thread; -1 if the thread is not alive. */
    long cpuNanos();

    /** Allocated bytes, read by the thread itself. */
    long ownAllocatedBytes();

    /** Allocated bytes, read by another thread; -1 if the thread is not alive. */
    long allocatedBytes();
}
