package io.corral.benchmarks.accuracy;

import java.lang.reflect.Method;

/** Makes threads of both kinds; this module is compiled for 17. */
final class Threads {

    private Threads() {}

    static Thread unstarted(boolean isVirtual, Runnable task) {
        if (!isVirtual) {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        }
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            Method unstarted = Class.forName("java.lang.Thread$Builder")
                    .getMethod("unstarted", Runnable.class);
            return (Thread) unstarted.invoke(builder, task);
        } catch (ReflectiveOperationException failure) {
            throw new IllegalStateException("virtual threads need JDK 21 or later", failure);
        }
    }
}
