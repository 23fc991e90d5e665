package io.corral.runtime.container;

import io.corral.runtime.notice.Notifier;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * The {@code containerCreated} callbacks of a new container. Other threads that look up the
 * container by its path wait until they have run, so that they find the subsystems' states. No lock
 * is held while callbacks run. A thread that runs such callbacks itself does not wait, so no two
 * callbacks wait for each other.
 *
 * <p>A carrier that is about to mount a thread neither runs callbacks nor waits for them, since a
 * callback may wait for a lock of a thread that waits for this carrier. The background thread runs
 * them then, or the first thread that looks up the container by its path.
 */
public final class CreationCallbacks implements Runnable {

    /** Whether the thread runs such callbacks. */
    private static final ThreadLocal<Boolean> RUNS = new ThreadLocal<>();

    /** Whether the thread is a carrier that places a thread before it mounts it. */
    private static final ThreadLocal<Boolean> MOUNTS = new ThreadLocal<>();

    private static final AtomicReferenceFieldUpdater<CreationCallbacks, @Nullable ContainerListener>
            DEFERRED = AtomicReferenceFieldUpdater.newUpdater(
                    CreationCallbacks.class, ContainerListener.class, "deferred");

    /**
     * The time after which a waiting thread checks again, because the thread that should wake it
     * may have no stack left.
     */
    private static final long CHECK_MILLIS = 100;

    /** The number of checks of a thread with a time limit: a second in total. */
    private static final int FEW_CHECKS = 10;

    private final ContainerNode container;

    /**
     * The callbacks that another thread is to run; null if there are none, or a thread has taken
     * them.
     */
    private volatile @Nullable ContainerListener deferred;

    private volatile boolean hasEnded;

    /** Not null if the container was removed while callbacks ran. Guarded by this. */
    private @Nullable ContainerListener removal;

    CreationCallbacks(ContainerNode container) {
        this.container = container;
    }

    /** Called on a carrier, which runs no callbacks until {@link #endMount}. */
    public static void beginMount() {
        MOUNTS.set(true);
    }

    public static void endMount() {
        MOUNTS.remove();
    }

    /**
     * Called on the thread that created the container.
     *
     * @return whether another thread will run the callbacks and end this
     */
    boolean runOrDefer(ContainerListener listener) {
        Notifier notifier = MOUNTS.get() == null ? null : Notifier.Current.notifier;
        if (notifier == null) {
            run(listener);
            return false;
        }
        deferred = listener;
        notifier.later(this);
        return true;
    }

    /** Runs the callbacks if they were deferred and no other thread runs them. */
    @Override
    public void run() {
        ContainerListener listener = deferred;
        if (listener != null && DEFERRED.compareAndSet(this, listener, null)) {
            try {
                run(listener);
            } finally {
                end();
            }
        }
    }

    private void run(ContainerListener listener) {
        boolean outermost = RUNS.get() == null;
        RUNS.set(true);
        try {
            listener.containerCreated(container);
        } finally {
            if (outermost) {
                RUNS.remove();
            }
        }
    }

    /**
     * Called whether or not the callbacks succeeded. Writes first, which needs neither memory nor
     * stack.
     */
    void end() {
        hasEnded = true;
        ContainerListener removed = wake();
        container.creationCallbacks = null;
        if (removed != null) {
            removed.containerRemoved(container);
        }
    }

    private synchronized @Nullable ContainerListener wake() {
        notifyAll();
        ContainerListener removed = removal;
        removal = null;
        return removed;
    }

    /**
     * Called when the container was removed.
     *
     * @return whether the thread that ends this will run the callbacks for that
     */
    synchronized boolean endsWithRemoval(ContainerListener listener) {
        if (!hasEnded) {
            removal = listener;
        }
        return removal != null;
    }

    void await() {
        if (mayWait()) {
            // The background thread may be busy, or be this one.
            run();
            awaitEnd(Integer.MAX_VALUE);
        }
    }

    /** Waits for the end, a second at most. */
    void awaitBriefly() {
        if (mayWait()) {
            awaitEnd(FEW_CHECKS);
        }
    }

    private boolean mayWait() {
        return !hasEnded && RUNS.get() == null && MOUNTS.get() == null;
    }

    private synchronized void awaitEnd(int checks) {
        boolean interrupted = false;
        for (int i = 0; !hasEnded && i < checks; i++) {
            try {
                wait(CHECK_MILLIS);
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
