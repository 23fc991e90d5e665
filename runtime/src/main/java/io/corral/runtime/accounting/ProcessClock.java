package io.corral.runtime.accounting;

import io.corral.Usage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The CPU time of the whole process, as the operating system counts it: in steps of 10 ms on Linux.
 * (The {@code OperatingSystemMXBean} has the same number, but not every JVM has its module.) To
 * load this class takes milliseconds, so it is not used while the JVM starts.
 */
public final class ProcessClock {

    /**
     * Null until a caller with the necessary rights has asked for it: a security manager may deny
     * it to the application.
     */
    private static volatile @Nullable ProcessHandle self;

    /** The CPU time before Corral began to count. Written once, before the clock is read. */
    private static volatile long base;

    private ProcessClock() {}

    /** CPU nanoseconds, user and system, of all threads; {@link Usage#UNKNOWN} if unreadable. */
    public static long cpuNanos() {
        try {
            ProcessHandle.Info info = self().info();
            long now = info.totalCpuDuration().map(Duration::toNanos).orElse(Usage.UNKNOWN);
            return Usage.isKnown(now) ? now - base : now;
        } catch (SecurityException denied) {
            return Usage.UNKNOWN;
        }
    }

    private static ProcessHandle self() {
        ProcessHandle known = self;
        if (known == null) {
            known = ProcessHandle.current();
            self = known;
        }
        return known;
    }

    /** Begins to count at the current time: for an agent that is attached to a running JVM. */
    public static void countFromNow() {
        long now = cpuNanos();
        base = Usage.isKnown(now) ? now : 0;
    }
}
