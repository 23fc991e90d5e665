package io.corral.integration.support;

import io.corral.integration.harness.ThreadKind;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.function.LongSupplier;

/**
 * The CPU time of a thread by the kernel's clock, which knows nothing of containers. For a virtual
 * thread it is the CPU time of all carriers, so no other virtual thread may run meanwhile.
 *
 * <p>It includes parking, waking and the loading of classes, some hundred microseconds, and at
 * times a page fault, which has taken 13 ms. Corral charges all of that as well. The time of a
 * carrier that ends, after half a minute without work, is lost: no test idles that long.
 */
public final class KernelCpuClock {

    private static final ThreadMXBean BEAN = ManagementFactory.getThreadMXBean();

    /** The beginning of carriers' names. The number of their pool depends on other pools. */
    private static final String CARRIERS = carriers();

    private final LongSupplier clock;
    private final long before;

    private KernelCpuClock(LongSupplier clock) {
        this.clock = clock;
        before = clock.getAsLong();
    }

    /** Counts from now on. A virtual thread must not have started yet. */
    public static KernelCpuClock of(Thread thread, ThreadKind kind) {
        if (kind == ThreadKind.VIRTUAL) {
            return ofCarriers();
        }
        // The bean answers -1 for a thread that is not alive.
        return new KernelCpuClock(() -> Math.max(0, BEAN.getThreadCpuTime(thread.getId())));
    }

    /** Counts from now on. */
    public static KernelCpuClock ofCarriers() {
        return new KernelCpuClock(KernelCpuClock::carriersCpuNanos);
    }

    public long cpuNanos() {
        return clock.getAsLong() - before;
    }

    private static String carriers() {
        ThreadDescription described = new ThreadDescription();
        if (ThreadKind.VIRTUAL.isSupported()) {
            ThreadKind.VIRTUAL.run(described);
        }
        String carrier = described.thread.substring(described.thread.lastIndexOf('@') + 1);
        return carrier.substring(0, carrier.lastIndexOf('-') + 1);
    }

    /**
     * The text of a running virtual thread has its carrier's name after the last {@code @}. A
     * lambda would wait for the initialization of the class around it, which waits for the thread.
     */
    private static final class ThreadDescription implements Runnable {

        private volatile String thread = "";

        @Override
        public void run() {
            thread = Thread.currentThread().toString();
        }
    }

    private static long carriersCpuNanos() {
        long cpuNanos = 0;
        for (ThreadInfo thread : BEAN.getThreadInfo(BEAN.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().startsWith(CARRIERS)) {
                cpuNanos += BEAN.getThreadCpuTime(thread.getThreadId());
            }
        }
        return cpuNanos;
    }
}
