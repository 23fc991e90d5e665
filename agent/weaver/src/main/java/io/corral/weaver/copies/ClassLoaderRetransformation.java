package io.corral.weaver.copies;

import io.corral.runtime.notice.CorralThread;
import io.corral.runtime.notice.Log;
import io.corral.weaver.common.LoadedClasses;
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
final class ClassLoaderRetransformation implements Runnable {

    /**
     * About 500 times the duration of a weaving. The wait has a limit because of the third case
     * above, in which the application would hang otherwise. The limit decides only whether a class
     * loader keeps its own copy of the API, which is logged.
     */
    private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Instrumentation instrumentation;
    private final AtomicBoolean wasLogged = new AtomicBoolean();
    private final long deadline = System.nanoTime() + WAIT_NANOS;

    /** Null once the transformer has woven the class. */
    private volatile @Nullable String fault = "it was not transformed";

    /** Written under the monitor that waiting threads wait on. */
    private volatile boolean isEnded;

    /** Only compared with the current thread. */
    private volatile @Nullable Thread weaving;

    ClassLoaderRetransformation(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
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
        try {
            instrumentation.retransformClasses(ClassLoader.class);
            end(fault);
        } catch (Throwable failure) {
            end(failure.toString());
        }
    }

    /** Called by the transformer, with null or what is not as expected in the class. */
    void transformed(@Nullable String lacking) {
        fault = lacking;
    }

    /** Whether the weaving has ended, successful or not. */
    boolean isEnded() {
        return isEnded;
    }

    private void end(@Nullable String why) {
        synchronized (this) {
            isEnded = true;
            notifyAll();
        }
        if (why != null && !LoadedClasses.isJvmEnding(instrumentation)) {
            log(why);
        }
    }

    /**
     * Waits until {@code ClassLoader} is woven, weaving has failed, or the time limit is reached;
     * returns at once on the weaving thread. The wait is one on a monitor, since parking would
     * consume an {@code unpark} that the application waits for.
     */
    void await() {
        if (weaving == Thread.currentThread()) {
            return;
        }
        boolean interrupted = false;
        boolean isInTime;
        synchronized (this) {
            while (!isEnded && deadline - System.nanoTime() > 0) {
                try {
                    TimeUnit.NANOSECONDS.timedWait(this, deadline - System.nanoTime());
                } catch (InterruptedException later) {
                    interrupted = true;
                }
            }
            isInTime = isEnded;
        }
        if (!isInTime) {
            log("it takes longer than " + TimeUnit.NANOSECONDS.toSeconds(WAIT_NANOS) + " s");
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void log(String why) {
        if (wasLogged.compareAndSet(false, true)) {
            Log.error("ClassLoader could not be woven: " + why
                    + ". A class loader that has its own copy of the API uses that, unmetered.");
        }
    }
}
