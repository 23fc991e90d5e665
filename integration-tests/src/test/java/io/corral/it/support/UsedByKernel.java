package io.corral.it.support;

import io.corral.it.harness.ThreadKind;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.function.LongSupplier;

/**
 * What a thread used by the kernel's clocks, which know nothing of containers: of itself, or of
 * all carriers if it is virtual and alone.
 *
 * <p>Beside what a test lets it burn there are parking and waking and what is loaded first, some hundred
 * microseconds, and at times a page that the machine has to find: that has taken 13 ms, and they are
 * charged to the thread by the kernel as by Corral. A carrier that ends, after half a minute without work, takes
 * its part away: no test is that long idle.
 */
public final class UsedByKernel {

    private static final ThreadMXBean BEAN = ManagementFactory.getThreadMXBean();

    private final LongSupplier clock;
    private final long before;

    private UsedByKernel(LongSupplier clock) {
        this.clock = clock;
        before = clock.getAsLong();
    }

    /** From now on; of one not started yet, if it is virtual. */
    public static UsedByKernel of(Thread thread, ThreadKind kind) {
        if (kind == ThreadKind.VIRTUAL) {
            return ofCarriers();
        }
        // Of one that does not live it says -1.
        return new UsedByKernel(() -> Math.max(0, BEAN.getThreadCpuTime(thread.getId())));
    }

    /** From now on. */
    public static UsedByKernel ofCarriers() {
        return new UsedByKernel(UsedByKernel::carriersCpuNanos);
    }

    public long cpuNanos() {
        return clock.getAsLong() - before;
    }

    private static long carriersCpuNanos() {
        long cpuNanos = 0;
        for (ThreadInfo thread : BEAN.getThreadInfo(BEAN.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().startsWith("ForkJoinPool-1-worker-")) {
                cpuNanos += BEAN.getThreadCpuTime(thread.getThreadId());
            }
        }
        return cpuNanos;
    }
}
