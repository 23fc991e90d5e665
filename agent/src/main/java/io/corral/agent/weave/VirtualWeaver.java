package io.corral.agent.weave;

import io.corral.runtime.jdk.VirtualWeaving;
import io.corral.runtime.placement.CorralThread;
import java.lang.instrument.Instrumentation;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the class of virtual threads while the JVM runs, on a thread of our own: whoever makes the first may hold what another
 * agent's transformer waits for, or may be in a transformer of ours, which the JVM does not ask on that thread again.
 */
final class VirtualWeaver implements VirtualWeaving, Runnable {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

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
    public boolean isBy(Thread thread) {
        return thread == weaving;
    }

    @Override
    public @Nullable String weave() {
        if (isWoven()) {
            // By one that took longer than the last who asked was patient.
            return null;
        }
        error = null;
        Thread thread = new CorralThread("corral-weaver", this);
        thread.start();
        awaitEnd(thread);
        Error thrown = error;
        if (thrown != null) {
            throw thrown;
        }
        return virtualThread.fault();
    }

    @Override
    public void run() {
        weaving = Thread.currentThread();
        try {
            virtualThread.weave(instrumentation);
        } catch (Error exhausted) {
            error = exhausted;
        }
    }

    /** Takes no {@code unpark} away that the application waits for, as a latch would, and no interrupt. */
    private static void awaitEnd(Thread thread) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        boolean interrupted = false;
        for (long left = PATIENCE_NANOS; left > 0 && thread.isAlive(); ) {
            try {
                TimeUnit.NANOSECONDS.timedJoin(thread, left);
            } catch (InterruptedException later) {
                interrupted = true;
            }
            left = deadline - System.nanoTime();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
