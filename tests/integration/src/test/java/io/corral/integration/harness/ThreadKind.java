package io.corral.integration.harness;

import java.lang.reflect.InvocationTargetException;
import java.util.List;

/**
 * Makes threads of one kind. The tests are compiled for 17, so virtual ones are made by reflection.
 */
public enum ThreadKind {
    PLATFORM,
    VIRTUAL;

    /** Whether the JVM that calls has threads of this kind. */
    public boolean isSupported() {
        return this == PLATFORM || Runtime.version().feature() >= 21;
    }

    /** The kinds that a JDK has. */
    static List<ThreadKind> of(Jdk jdk) {
        return jdk.hasVirtualThreads() ? List.of(values()) : List.of(PLATFORM);
    }

    public Thread unstarted(Runnable task) {
        if (this == PLATFORM) {
            return new Thread(task);
        }
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            return (Thread) Class.forName("java.lang.Thread$Builder")
                    .getMethod("unstarted", Runnable.class)
                    .invoke(builder, task);
        } catch (InvocationTargetException failure) {
            throw new IllegalStateException(failure.getCause());
        } catch (ReflectiveOperationException failure) {
            throw new IllegalStateException(failure);
        }
    }

    public Thread start(Runnable task) {
        Thread thread = unstarted(task);
        thread.start();
        return thread;
    }

    /** Starts and waits for the end. */
    public void run(Runnable task) {
        join(start(task));
    }

    public static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
