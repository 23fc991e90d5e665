package io.corral.integration.support;

import io.corral.integration.harness.ThreadKind;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** Two platform threads of the test that carry virtual threads. */
public final class TestCarriers implements AutoCloseable {

    /** A flag for the forked JVM: only a private constructor of the JDK takes a scheduler. */
    public static final String FLAG = "--add-opens=java.base/java.lang=ALL-UNNAMED";

    /** Flags for the forked JVM: more of the JDK's carriers than CPUs. */
    public static final String EIGHT = "-Djdk.virtualThreadScheduler.parallelism=8";

    private final TestThread[] carriers = {
        TestThread.start(ThreadKind.PLATFORM), TestThread.start(ThreadKind.PLATFORM)
    };

    private final AtomicInteger runs = new AtomicInteger();

    /** An unstarted virtual thread that changes the carrier at each mount. */
    public Thread alternating(Runnable task) {
        return virtual(
                run -> carriers[runs.getAndIncrement() & 1].begin(() -> {
                    run.run();
                    return true;
                }),
                task);
    }

    /** The CPU time of both carriers by the kernel's clocks. */
    public long cpuNanos() {
        return carriers[0].cpuNanos() + carriers[1].cpuNanos();
    }

    /** An unstarted virtual thread that runs where {@code scheduler} says. */
    public static Thread virtual(Executor scheduler, Runnable task) {
        try {
            Constructor<?> builder = Class.forName("java.lang.ThreadBuilders$VirtualThreadBuilder")
                    .getDeclaredConstructor(Executor.class);
            builder.setAccessible(true);
            return (Thread) Class.forName("java.lang.Thread$Builder")
                    .getMethod("unstarted", Runnable.class)
                    .invoke(builder.newInstance(scheduler), task);
        } catch (ReflectiveOperationException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** The task that the scheduler gets for a virtual thread. */
    public static Runnable run(Thread virtual) {
        try {
            Field field = virtual.getClass().getDeclaredField("runContinuation");
            field.setAccessible(true);
            return (Runnable) field.get(virtual);
        } catch (ReflectiveOperationException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** The name of the calling virtual thread's carrier. */
    public static String current() {
        String thread = Thread.currentThread().toString();
        return thread.substring(thread.lastIndexOf('@') + 1);
    }

    /** How often a virtual thread was mounted. */
    public int mounts() {
        return runs.get();
    }

    @Override
    public void close() throws InterruptedException {
        for (TestThread carrier : carriers) {
            carrier.close();
        }
    }
}
