package io.corral.agent.weave;

import io.corral.runtime.jdk.VirtualWeaving;
import io.corral.runtime.placement.CorralThread;
import java.lang.instrument.Instrumentation;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Weaves the class of virtual threads while the JVM runs. */
final class VirtualWeaver implements VirtualWeaving, Runnable {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Instrumentation instrumentation;
    private final ThreadClass virtualThread;

    VirtualWeaver(Instrumentation instrumentation, ThreadClass virtualThread) {
        this.instrumentation = instrumentation;
        this.virtualThread = virtualThread;
    }

    @Override
    public boolean isWoven() {
        return virtualThread.isWoven();
    }

    @Override
    public @Nullable String weave() {
        String fault = virtualThread.weave(instrumentation);
        if (fault != null || isWoven()) {
            return fault;
        }
        // In a transformer of ours, whom the JVM does not ask once more on the same thread: a class
        // loader of the application's may make a virtual thread when it is asked for a class file.
        Thread other = new CorralThread("corral-weaver", this);
        other.start();
        awaitEnd(other);
        return virtualThread.fault();
    }

    @Override
    public void run() {
        // What it answers is kept.
        virtualThread.weave(instrumentation);
    }

    /** The other may need what this one holds. To join it would be to listen to interrupts. */
    @SuppressWarnings("ThreadPriorityCheck")
    private static void awaitEnd(Thread other) {
        long began = System.nanoTime();
        while (other.isAlive() && System.nanoTime() - began < PATIENCE_NANOS) {
            Thread.yield();
        }
    }
}
