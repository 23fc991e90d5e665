package io.corral.runtime.accounting;

import io.corral.runtime.jdk.ClockAccess;
import io.corral.runtime.jdk.Jdk;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The JVM's clocks of one platform thread: CPU time and allocated bytes. A value is -1 if it is
 * unknown, or if the thread is not alive. On a virtual thread "the calling thread" is its carrier.
 */
public final class JvmClocks {

    private static final @Nullable ClockAccess CLOCKS = Jdk.CLOCKS;

    /** The ID by which the JVM reads the clocks of the calling thread without a search. */
    private static final long CALLING_THREAD = 0;

    private static final boolean HAS_CPU_TIME = ownCpuNanos() >= 0;
    private static final boolean HAS_ALLOCATED_BYTES = ownAllocatedBytes() >= 0;

    private JvmClocks() {}

    /** The number of platform threads that were ever started; -1 if unknown. */
    public static long startedThreads() {
        return CLOCKS == null ? -1 : CLOCKS.startedThreads();
    }

    /** The number of platform threads that are alive; -1 if unknown. */
    public static int liveThreads() {
        return CLOCKS == null ? -1 : CLOCKS.liveThreads();
    }

    /** Whether this JVM can read CPU time. */
    public static boolean hasCpuTime() {
        return HAS_CPU_TIME;
    }

    /** Whether this JVM can read allocated bytes. */
    public static boolean hasAllocatedBytes() {
        return HAS_ALLOCATED_BYTES;
    }

    /** CPU nanoseconds of the calling thread. */
    public static long ownCpuNanos() {
        return cpuNanos(CALLING_THREAD);
    }

    /** CPU nanoseconds of the thread with this id. */
    public static long cpuNanos(long threadId) {
        return CLOCKS == null ? -1 : CLOCKS.cpuNanos(threadId);
    }

    /** CPU nanoseconds of each thread. */
    public static long[] cpuNanos(long[] threadIds) {
        long[] nanos = new long[threadIds.length];
        Arrays.fill(nanos, -1);
        if (CLOCKS != null) {
            CLOCKS.cpuNanos(threadIds, nanos);
        }
        return nanos;
    }

    /** Bytes allocated by the calling thread: exact. */
    public static long ownAllocatedBytes() {
        return allocatedBytes(CALLING_THREAD);
    }

    /**
     * Bytes allocated by the thread with this id. While that thread runs, the number can be off by
     * one thread-local allocation buffer, and can fall.
     */
    public static long allocatedBytes(long threadId) {
        return CLOCKS == null ? -1 : CLOCKS.allocatedBytes(threadId);
    }
}
