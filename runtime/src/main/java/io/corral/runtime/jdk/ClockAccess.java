package io.corral.runtime.jdk;

/**
 * The natives below {@code ThreadMXBean}: unlike the bean they answer for the carrier when a virtual
 * thread asks, and go without its checks.
 */
public interface ClockAccess {

    /**
     * CPU time, user and system, of a live platform thread, or -1.
     *
     * @param threadId 0 for the native thread that calls
     */
    long cpuNanos(long threadId);

    /**
     * Heap bytes a live platform thread has allocated, or -1. Exact for the native thread that calls
     * only; of others it may be torn and may fall.
     *
     * @param threadId 0 for the native thread that calls
     */
    long allocatedBytes(long threadId);
}
