package io.corral.runtime.jdk;

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * A change to a class that is loaded, made by the first thread that needs it, which takes some milliseconds, once. Those
 * that come meanwhile wait, since each redefinition stops the JVM; but not for ever: other agents are asked about it, and may
 * need what one of these holds. Who is out of patience, and who has no memory for it, goes on without.
 */
public abstract class Redefinition {

    private static final long PATIENCE_NANOS = 1_000_000_000;

    private static final long LONGEST_LOOK_NANOS = 10_000_000;

    /** Where each look takes long, since there is much else to run. */
    private static final long LONGEST_NANOS = 5_000_000_000L;

    /** Where there was no memory for it, or no stack, or the JVM was not able to. */
    private static final long RETRY_NANOS = 1_000_000_000;

    private static final AtomicReferenceFieldUpdater<Redefinition, @Nullable Thread> MAKER =
            AtomicReferenceFieldUpdater.newUpdater(Redefinition.class, Thread.class, "maker");

    /** Null while nobody makes it. */
    private volatile @Nullable Thread maker;

    private volatile boolean outOfPatience;
    private volatile boolean failed;

    /** Read behind {@link #failed}. */
    private volatile long failedNanoTime;

    protected Redefinition() {}

    /** Whether it has been made, or never will be. */
    protected abstract boolean isSettled();

    /**
     * Has the JVM make it. What is not settled behind that is tried again, but not at once.
     *
     * @throws Exception or an {@code Error}, if the JVM refuses
     */
    protected abstract void make() throws Exception;

    /** It never will be made: settles it. */
    protected abstract void refused(String why);

    /** There was no memory for it, or no stack: it is tried again. */
    protected abstract void exhausted(Throwable failure);

    /** A test moves it by hand. */
    protected long nanoTime() {
        return System.nanoTime();
    }

    /** Makes it, or waits for who does. */
    protected final void demand() {
        Thread self = Thread.currentThread();
        if (maker == self) {
            // A transformer that was asked about it needs it. The JVM does not ask that one again.
            attempt();
        } else if (MAKER.compareAndSet(this, null, self)) {
            try {
                // Another may have been through since the look before.
                attempt();
            } finally {
                maker = null;
            }
        } else if (!outOfPatience) {
            awaitOthers();
        }
    }

    private void attempt() {
        if (isSettled() || (failed && nanoTime() - failedNanoTime < RETRY_NANOS)) {
            return;
        }
        try {
            make();
            if (!isSettled()) {
                later();
            }
        } catch (OutOfMemoryError | StackOverflowError exhausted) {
            later();
            exhausted(exhausted);
        } catch (Throwable refusal) {
            refused(refusal.toString());
        }
    }

    private void later() {
        failedNanoTime = nanoTime();
        failed = true;
    }

    /** To park would take an {@code unpark} away that the application waits for. */
    @SuppressWarnings("ThreadPriorityCheck")
    private void awaitOthers() {
        long waited = 0;
        long began = nanoTime();
        long last = began;
        while (!isSettled() && maker != null) {
            long now = nanoTime();
            // Else a machine that stands still for a while would use up all patience at once.
            waited += Math.min(now - last, LONGEST_LOOK_NANOS);
            last = now;
            if (waited > PATIENCE_NANOS || now - began > LONGEST_NANOS) {
                outOfPatience = true;
                return;
            }
            Thread.yield();
        }
    }
}
