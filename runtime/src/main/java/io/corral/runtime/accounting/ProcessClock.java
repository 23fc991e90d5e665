package io.corral.runtime.accounting;

import io.corral.Usage;

/**
 * The CPU time of the whole process, as the operating system counts it: in steps of 10 ms on Linux.
 * ({@code OperatingSystemMXBean} gives the same number, where its module is there.) Not to be
 * touched while the agent starts.
 */
public final class ProcessClock {

    private static final ProcessHandle SELF = ProcessHandle.current();

    /** What is nobody's. Written once, before anyone reads. */
    private static volatile long base;

    private ProcessClock() {}

    /** CPU nanoseconds, user and system, of all threads ever; {@link Usage#UNKNOWN} if it can't be read. */
    public static long cpuNanos() {
        long now = SELF.info()
                .totalCpuDuration()
                .map(java.time.Duration::toNanos)
                .orElse(Usage.UNKNOWN);
        return Usage.isKnown(now) ? now - base : now;
    }

    /** What was used up to now is nobody's: for an agent that comes late. */
    public static void countFromNow() {
        long now = cpuNanos();
        base = Usage.isKnown(now) ? now : 0;
    }
}
