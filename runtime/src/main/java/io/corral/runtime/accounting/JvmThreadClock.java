package io.corral.runtime.accounting;

import io.corral.runtime.jdk.ClockAccess;
import io.corral.runtime.jdk.Jdk;

import org.jspecify.annotations.Nullable;

/** The JVM's clocks of the platform thread with an id. */
public class JvmThreadClock implements ThreadClock {

    private static final @Nullable ClockAccess CLOCKS = Jdk.CLOCKS;

    private final long threadId;

    public JvmThreadClock(long threadId) {
        this.threadId = threadId;
    }

    public final long threadId() {
        return threadId;
    }

    /** Whether CPU time can be read here; asked once, by a thread that runs. */
    public static boolean hasCpuTime() {
        return CLOCKS != null && CLOCKS.cpuNanos(0) >= 0;
    }

    /** Whether allocated bytes can be read here; asked once, by a thread that runs. */
    public static boolean hasAllocatedBytes() {
        return CLOCKS != null && CLOCKS.allocatedBytes(0) >= 0;
    }

    @Override
    public long ownCpuNanos() {
        return CLOCKS == null ? -1 : CLOCKS.cpuNanos(0);
    }

    @Override
    public long cpuNanos() {
        return CLOCKS == null ? -1 : CLOCKS.cpuNanos(threadId);
    }

    @Override
    public long ownAllocatedBytes() {
        return CLOCKS == null ? -1 : CLOCKS.allocatedBytes(0);
    }

    @Override
    public long allocatedBytes() {
        return CLOCKS == null ? -1 : CLOCKS.allocatedBytes(threadId);
    }
}
