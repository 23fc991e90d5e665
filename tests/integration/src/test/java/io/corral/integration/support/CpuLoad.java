package io.corral.integration.support;

import java.lang.reflect.Method;

/** Uses CPU time and returns how much, by the JVM's clocks and without Corral. */
public final class CpuLoad {

    /**
     * A flag for the forked JVM: {@code ThreadMXBean} does not support virtual threads, the native
     * method below it does.
     */
    public static final String FLAG = "--add-opens=java.management/sun.management=ALL-UNNAMED";

    private static final Method CPU_TIME = cpuTime();

    /** Keeps the work from being optimized away. */
    private static volatile long sink;

    private CpuLoad() {}

    private static Method cpuTime() {
        try {
            Method method = Class.forName("sun.management.ThreadImpl")
                    .getDeclaredMethod("getThreadTotalCpuTime0", long.class);
            method.setAccessible(true);
            return method;
        } catch (ReflectiveOperationException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /**
     * Burns {@code millis} of CPU time. A virtual thread is not unmounted meanwhile.
     *
     * @return CPU nanoseconds that were really used
     */
    public static long millis(long millis) {
        long start = ownCpuNanos();
        long used;
        do {
            work();
            used = ownCpuNanos() - start;
        } while (used < millis * 1_000_000);
        return used;
    }

    /** A small piece of work of about ten microseconds. */
    public static void work() {
        long hash = sink;
        for (int i = 0; i < 20_000; i++) {
            hash = hash * 31 + i;
        }
        sink = hash;
    }

    /** CPU nanoseconds of the calling thread, or of its carrier if it is virtual. */
    public static long ownCpuNanos() {
        try {
            return (long) CPU_TIME.invoke(null, 0L);
        } catch (ReflectiveOperationException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
