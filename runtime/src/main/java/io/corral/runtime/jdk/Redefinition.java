package io.corral.runtime.jdk;

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * A change to a loaded class that the first thread to need it makes, once. It takes some
 * milliseconds. Other threads that need it meanwhile wait, since each redefinition stops the JVM.
 * Their wait is limited: the transformers of other agents are called, and can need a lock that a
 * waiting thread holds. A thread goes on without the change if its patience is over, or if there is
 * no memory for it.
 */
public abstract class Redefinition {

    private static final long PATIENCE_NANOS = 1_000_000_000;

    private static final long LONGEST_LOOK_NANOS = 10_000_000;

    /** The limit on a busy machine, where each look takes long. */
    private static final long LONGEST_NANOS = 5_000_000_000L;

    /** The time until another attempt, if there was no memory, no stack, or the JVM was unable. */
    private static final long RETRY_NANOS = 1_000_000_000;

    private static final AtomicReferenceFieldUpdater<Redefinition, @Nullable Thread> MAKER =
            AtomicReferenceFieldUpdater.newUpdater(Redefinition.class, Thread.class, "maker");

    /** The thread that makes it now, or null. */
    private volatile @Nullable Thread maker;

    private volatile boolean outOfPatience;
    private volatile boolean failed;

    /** Read after {@link #failed}. */
    private volatile long failedNanoTime;

    protected Redefinition() {}

    /** Whether it has been made or refused. */
    protected abstract boolean isSettled();

    /**
     * Makes it. If it is not settled after that, it is tried again, but not at once.
     *
     * @throws Exception or an {@code Error}, if the JVM refuses
     */
    protected abstract void make() throws Exception;

    /** The JVM has refused it: settles it. */
    protected abstract void refused(String why);

    /** There was no memory or no stack for it: it is tried again. */
    protected abstract void exhausted(Throwable failure);

    /** Makes it, or waits for the thread that does. */
    protected final void demand() {
        Thread self = Thread.currentThread();
        if (maker == self) {
            // A transformer called by the redefinition needs it. The JVM does not call it again.
            attempt();
        } else if (MAKER.compareAndSet(this, null, self)) {
            try {
                // Another thread can have made it since the check.
                attempt();
            } finally {
                maker = null;
            }
        } else if (!outOfPatience) {
            awaitOthers();
        }
    }

    private void attempt() {
        if (isSettled() || (failed && System.nanoTime() - failedNanoTime < RETRY_NANOS)) {
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
        failedNanoTime = System.nanoTime();
        failed = true;
    }

    /** It does not park: that could consume an {@code unpark} that the application waits for. */
    @SuppressWarnings("ThreadPriorityCheck")
    private void awaitOthers() {
        long waited = 0;
        long began = System.nanoTime();
        long last = began;
        while (!isSettled() && maker != null) {
            long now = System.nanoTime();
            // Limited, since a machine that stands still would use up all patience at once.
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
