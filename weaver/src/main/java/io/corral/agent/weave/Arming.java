package io.corral.agent.weave;

import io.corral.runtime.notice.CorralThread;
import io.corral.runtime.notice.Log;
import java.lang.instrument.Instrumentation;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The weaving of {@code ClassLoader} in a JVM that runs, by a thread of its own: on one whose class is
 * being transformed, the JVM would not ask our transformer again.
 *
 * <p>The threads that define classes meanwhile wait for it, in {@link #await}, with locks of class
 * loaders in their hands. They can't wait for ever:
 *
 * <ol>
 *   <li>The weaving needs a safepoint, which one that waits does not hold up; and no class loader of
 *       the application's: what it links to is in the boot loader.
 *   <li>Another agent's transformer is asked about {@code ClassLoader} on the weaving thread, and may
 *       well load classes. If our transformer is then asked about these, it does not wait for itself.
 *   <li>If that transformer needs a lock that one of the waiting has, or another agent is retransforming
 *       {@code ClassLoader} on a thread that waits here, nobody goes on; until the time is up. Then those
 *       who wait go on, and so does the weaving, if a little late.
 * </ol>
 */
final class Arming implements Runnable {

    /** Some 500 times what it takes. */
    private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Instrumentation instrumentation;
    private final OneCopy transformer;
    private final AtomicBoolean said = new AtomicBoolean();
    private final long deadline = System.nanoTime() + WAIT_NANOS;

    /** Guarded by this. */
    private boolean isOver;

    /** Matters to that very thread. */
    private volatile @Nullable Thread weaving;

    Arming(Instrumentation instrumentation, OneCopy transformer) {
        this.instrumentation = instrumentation;
        this.transformer = transformer;
    }

    void start() {
        try {
            new CorralThread("corral-loaders", this).start();
        } catch (Throwable failure) {
            end(failure.toString());
        }
    }

    /** Weaves on the calling thread, which must not be in a transformer's call. */
    @Override
    public void run() {
        weaving = Thread.currentThread();
        String fault;
        try {
            instrumentation.retransformClasses(ClassLoader.class);
            fault = transformer.fault();
        } catch (Throwable failure) {
            fault = failure.toString();
        }
        end(fault);
    }

    private void end(@Nullable String fault) {
        transformer.weavingIsOver();
        synchronized (this) {
            isOver = true;
            notifyAll();
        }
        if (fault != null && !LoadedClasses.areGone(instrumentation)) {
            say(fault);
        }
    }

    /**
     * Waits until {@code ClassLoader} is woven, or can't be, or the time is up; not on the thread that weaves. (To park would
     * take an {@code unpark} away that the application waits for.)
     */
    void await() {
        if (weaving == Thread.currentThread()) {
            return;
        }
        boolean interrupted = false;
        boolean isInTime;
        synchronized (this) {
            while (!isOver && deadline - System.nanoTime() > 0) {
                try {
                    TimeUnit.NANOSECONDS.timedWait(this, deadline - System.nanoTime());
                } catch (InterruptedException later) {
                    interrupted = true;
                }
            }
            isInTime = isOver;
        }
        if (!isInTime) {
            say("it takes longer than " + TimeUnit.NANOSECONDS.toSeconds(WAIT_NANOS) + " s");
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void say(String fault) {
        if (said.compareAndSet(false, true)) {
            Log.error(
                    "ClassLoader could not be woven: " + fault
                            + ". A class loader that has a copy of the API of its own uses that, unmetered.");
        }
    }
}
