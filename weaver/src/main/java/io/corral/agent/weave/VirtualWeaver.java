package io.corral.agent.weave;

import io.corral.runtime.jdk.VirtualWeaving;
import io.corral.runtime.notice.CorralThread;
import java.lang.instrument.Instrumentation;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the class of virtual threads while the JVM runs, on a thread of our own: whoever makes the
 * first may hold what another agent's transformer waits for, or may be in a transformer of ours,
 * which the JVM does not ask on that thread again.
 */
final class VirtualWeaver implements VirtualWeaving, Runnable {

    /**
     * A second; but a machine that stands still for a while does not use up all patience at once.
     */
    private static final int LOOKS = 20;

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Instrumentation instrumentation;
    private final ThreadClass virtualThread;

    /** The latest that weaves. Matters to that very thread. */
    private volatile @Nullable Thread weaving;

    private volatile @Nullable Error error;

    VirtualWeaver(Instrumentation instrumentation, ThreadClass virtualThread) {
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
            // By one that took longer than the last who asked was patient.
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
            // Two at once would spoil each other's verdict: the next who asks waits for this one.
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
            virtualThread.weave(instrumentation);
        } catch (Error exhausted) {
            error = exhausted;
        }
    }

    /**
     * Takes no {@code unpark} away that the application waits for, as a latch would, and no
     * interrupt.
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
