package io.corral.agent.weave;

import io.corral.runtime.jdk.VirtualWeaving;
import io.corral.runtime.notice.CorralThread;
import java.lang.instrument.Instrumentation;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the class of virtual threads while the JVM runs, on a separate thread. The thread that
 * creates the first one may hold a lock that another agent's transformer needs, or may be inside
 * Corral's transformer, which the JVM does not call again on that thread.
 */
final class VirtualWeaver implements VirtualWeaving, Runnable {

    /**
     * The wait, about a second, is counted in short steps, so that a suspended machine does not use
     * it up at once.
     */
    private static final int LOOKS = 20;

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Instrumentation instrumentation;
    private final ThreadClass virtualThread;

    /** Null if hand-over is off. */
    private final @Nullable TaskWeaver tasks;

    /** The thread that wove last. Only compared with other threads. */
    private volatile @Nullable Thread weaving;

    private volatile @Nullable Error error;

    VirtualWeaver(
            Instrumentation instrumentation,
            ThreadClass virtualThread,
            @Nullable TaskWeaver tasks) {
        this.tasks = tasks;
        this.instrumentation = instrumentation;
        this.virtualThread = virtualThread;
    }

    @Override
    public boolean isWoven() {
        return virtualThread.isWoven();
    }

    @Override
    public boolean isWovenBy(Thread thread) {
        return thread == weaving;
    }

    @Override
    public @Nullable String weave() {
        if (isWoven()) {
            // Woven by a thread for which the last caller did not wait long enough.
            return null;
        }
        Thread thread = weaving;
        if (thread == null || !thread.isAlive()) {
            error = null;
            thread = new CorralThread("corral-weaver", this);
            weaving = thread;
            thread.start();
        }
        awaitEnd(thread);
        if (thread.isAlive()) {
            // Two weavings at once would overwrite each other's result. The next caller waits for
            // this one.
            return null;
        }
        Error thrown = error;
        if (thrown != null) {
            throw thrown;
        }
        return virtualThread.fault();
    }

    @Override
    public void run() {
        try {
            if (tasks != null) {
                tasks.loadForVirtualThreads();
            }
            virtualThread.weave(instrumentation);
        } catch (Error exhausted) {
            error = exhausted;
        }
    }

    /**
     * Waits without consuming an {@code unpark} that the application waits for, as a latch would,
     * or an interrupt.
     */
    private static void awaitEnd(Thread thread) {
        boolean interrupted = false;
        for (int i = 0; i < LOOKS && thread.isAlive(); i++) {
            try {
                TimeUnit.NANOSECONDS.timedJoin(thread, LOOK_NANOS);
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
