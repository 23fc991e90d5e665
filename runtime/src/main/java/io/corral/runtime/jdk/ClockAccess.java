package io.corral.runtime.jdk;

/**
 * The native methods that implement {@code ThreadMXBean}. For a virtual thread they read its
 * carrier's clocks, which the bean does not, and they skip the bean's checks.
 */
public interface ClockAccess {

    /**
     * The CPU nanoseconds, user and system, of a live platform thread; -1 if unknown.
     *
     * @param threadId 0 for the platform thread that calls
     */
    long cpuNanos(long threadId);

    /**
     * Reads the CPU nanoseconds of many platform threads, in half the time that single calls take.
     *
     * @param into an element keeps its value if its thread has ended
     */
    void cpuNanos(long[] threadIds, long[] into);

    /**
     * The heap bytes that a live platform thread has allocated; -1 if unknown. Exact for the
     * calling thread. For another thread the number can be off by one thread-local allocation
     * buffer, and can fall.
     *
     * @param threadId 0 for the platform thread that calls
     */
    long allocatedBytes(long threadId);

    /** The number of platform threads that were ever started, without those that the JVM hides. */
    long startedThreads();

    /** The number of platform threads that are alive, without those that the JVM hides. */
    int liveThreads();
}
