package io.corral.agent.weave;

import io.corral.runtime.notice.CorralThread;
import io.corral.runtime.notice.Log;
import java.lang.instrument.Instrumentation;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Weaves {@code ClassLoader} in a running JVM, on a separate thread: on a thread that is
 * transforming a class, the JVM would not call Corral's transformer again.
 *
 * <p>Threads that define classes meanwhile wait in {@link #await}, holding locks of class loaders.
 * The wait has a time limit:
 *
 * <ol>
 *   <li>The weaving needs a safepoint, which waiting threads do not delay, and no class loader of
 *       the application, since it links to classes of the boot loader only.
 *   <li>The JVM calls other agents' transformers on the weaving thread, and these may load classes.
 *       Corral's transformer does not wait on that thread.
 *   <li>If such a transformer needs a lock that a waiting thread holds, or another agent is
 *       retransforming {@code ClassLoader} on a waiting thread, all of them are blocked until the
 *       time limit. Then the waiting threads continue, and the weaving completes later.
 * </ol>
 */
final class LateLoaderWeaving implements Runnable {

    /**
     * About 500 times the duration of a weaving. The wait has a limit because of the third case
     * above, in which the application would hang otherwise. The limit decides only whether a class
     * loader keeps its own copy of the API, which is logged.
     */
    private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Instrumentation instrumentation;
    private final OneCopy transformer;
    private final AtomicBoolean wasLogged = new AtomicBoolean();
    private final long deadline = System.nanoTime() + WAIT_NANOS;

    /** Guarded by this. */
    private boolean isOver;

    /** Only compared with the current thread. */
    private volatile @Nullable Thread weaving;

    LateLoaderWeaving(Instrumentation instrumentation, OneCopy transformer) {
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

    /** Weaves on the calling thread, which must not be inside a transformer. */
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
     * Waits until {@code ClassLoader} is woven, weaving has failed, or the time limit is reached;
     * returns at once on the weaving thread. Yields instead of parking, since parking would consume
     * an {@code unpark} that the application waits for.
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
        if (wasLogged.compareAndSet(false, true)) {
            Log.error("ClassLoader could not be woven: " + fault
                    + ". A class loader that has its own copy of the API uses that, unmetered.");
        }
    }
}
