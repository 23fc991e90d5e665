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

    /** Null until a caller may have it: a security manager may forbid that to the application. */
    private static volatile @Nullable ProcessHandle self;

    /** What was used before Corral counted. Written once, before anything reads the clock. */
    private static volatile long base;

    private ProcessClock() {}

    /** CPU nanoseconds, user and system, of all threads; {@link Usage#UNKNOWN} if unreadable. */
    public static long cpuNanos() {
        try {
            ProcessHandle.Info info = self().info();
            long now = info.totalCpuDuration().map(Duration::toNanos).orElse(Usage.UNKNOWN);
            return Usage.isKnown(now) ? now - base : now;
        } catch (SecurityException mayNotLook) {
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

    /** Leaves out what was used up to now: for an agent that is loaded late. */
    public static void countFromNow() {
        long now = cpuNanos();
        base = Usage.isKnown(now) ? now : 0;
    }
}
