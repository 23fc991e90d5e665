package io.corral.weaver.threads;

import io.corral.runtime.jdk.VirtualWeaving;
import io.corral.runtime.notice.CorralThread;
import io.corral.weaver.tasks.TaskClassWeaver;
import java.lang.instrument.Instrumentation;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the class of virtual threads while the JVM runs, on a separate thread. The thread that
 * creates the first one may hold a lock that another agent's transformer needs, or may be inside
 * Corral's transformer, which the JVM does not call again on that thread.
 */
public final class VirtualThreadRetransformation implements VirtualWeaving {

    /**
     * The wait, about a second, is counted in short steps, so that a suspended machine does not use
     * it up at once.
     */
    private static final int WAITS = 20;

    private static final long WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** (An {@code AtomicReference} links variable handles, within a thread's constructor here.) */
    private static final AtomicReferenceFieldUpdater<
                    VirtualThreadRetransformation, @Nullable Attempt>
            LAST = AtomicReferenceFieldUpdater.newUpdater(
                    VirtualThreadRetransformation.class, Attempt.class, "last");

    private final Instrumentation instrumentation;
    private final ThreadTransformer virtualThread;

    /** Null if hand-over is off. */
    private final @Nullable TaskClassWeaver tasks;

    private volatile @Nullable Attempt last;

    public VirtualThreadRetransformation(
            Instrumentation instrumentation,
            ThreadTransformer virtualThread,
            @Nullable TaskClassWeaver tasks) {
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
        Attempt latest = last;
        return latest != null && latest.thread == thread;
    }

    @Override
    public @Nullable String weave() {
        Attempt attempt = lastOrNext();
        if (!attempt.await()) {
            // Two weavings at once would overwrite each other's result. The next caller waits for
            // this one.
            return null;
        }
        Error thrown = attempt.error;
        if (thrown != null) {
            throw thrown;
        }
        return virtualThread.fault();
    }

    /** The last attempt; a new one, which is started, if that has failed. */
    private Attempt lastOrNext() {
        Attempt latest = last;
        if (latest == null || (latest.isEnded && !isWoven())) {
            Attempt next = new Attempt();
            if (LAST.compareAndSet(this, latest, next)) {
                next.start();
            }
            latest = Objects.requireNonNull(last);
        }
        return latest;
    }

    /** One weaving, on a thread of its own. */
    private final class Attempt implements Runnable {

        private final Thread thread = new CorralThread("corral-weaver", this);

        /** Written before {@link #isEnded}. */
        private @Nullable Error error;

        private volatile boolean isEnded;

        void start() {
            try {
                thread.start();
            } catch (Error exhausted) {
                end(exhausted);
            }
        }

        @Override
        public void run() {
            Error thrown = null;
            try {
                if (tasks != null) {
                    tasks.loadClassesUsedOnCarriers();
                }
                virtualThread.weave(instrumentation);
            } catch (Error exhausted) {
                thrown = exhausted;
            } finally {
                end(thrown);
            }
        }

        private synchronized void end(@Nullable Error thrown) {
            error = thrown;
            isEnded = true;
            notifyAll();
        }

        /**
         * Waits for the end without consuming an {@code unpark} that the application waits for, as
         * a latch would, or an interrupt.
         *
         * @return whether it is over
         */
        synchronized boolean await() {
            boolean interrupted = false;
            for (int i = 0; i < WAITS && !isEnded; i++) {
                try {
                    TimeUnit.NANOSECONDS.timedWait(this, WAIT_NANOS);
                } catch (InterruptedException later) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            return isEnded;
        }
    }
}
