package io.corral.runtime.hook;

import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.jdk.VirtualThreadAccess;
import io.corral.runtime.jdk.VirtualWeaving;
import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.notice.Log;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the class of virtual threads when the first virtual thread is made, before its constructor
 * continues. That thread gets its member when it starts. Weaving at the JVM's start would link the
 * class, which makes compiled code slower in a JVM without virtual threads.
 *
 * <p>One of Corral's threads weaves it. Threads that need the class meanwhile wait with a time
 * limit, since another agent's transformer may need a lock that one of them holds. A thread that
 * waits too long, or has no memory for the weaving, continues without it.
 */
public final class FirstVirtualThread {

    /** The pause after a failure for lack of memory, stack or time. */
    private static final long RETRY_NANOS = 1_000_000_000;

    private static final AtomicInteger REFUSALS = new AtomicInteger();

    /** Null if the class is woven, or can't be woven. */
    private static volatile @Nullable VirtualWeaving weaving;

    private static volatile boolean hasFailed;

    /** Read after {@link #hasFailed}. */
    private static volatile long failedNanoTime;

    private FirstVirtualThread() {}

    /** A call initializes this class. */
    static void initialize() {}

    /**
     * Called by the agent once the hooks are on. Weaves now if there may be virtual threads
     * already.
     */
    public static void weaveBy(VirtualWeaving weaving) {
        FirstVirtualThread.weaving = weaving;
        VirtualThreadAccess access = Jdk.VIRTUAL_THREADS;
        if (access != null && access.areUsed()) {
            attempt(weaving);
        }
    }

    /** Called in the constructors of {@link Thread}. */
    static void constructed(Thread thread) {
        VirtualWeaving current = weaving;
        VirtualThreadAccess access = Jdk.VIRTUAL_THREADS;
        if (current != null
                && access != null
                && access.isVirtual(thread)
                && !current.isWovenBy(Thread.currentThread())) {
            attempt(current);
        }
    }

    /** Weaves the class, or waits for the thread that does. */
    private static void attempt(VirtualWeaving current) {
        if (hasFailed && System.nanoTime() - failedNanoTime < RETRY_NANOS) {
            return;
        }
        try {
            String fault = current.weave();
            if (fault != null) {
                refused(fault);
            } else if (current.isWoven()) {
                weaving = null;
            } else {
                retryLater();
            }
        } catch (OutOfMemoryError | StackOverflowError exhausted) {
            retryLater();
            HookFailures.FIRST_VIRTUAL_THREAD.report(exhausted);
        } catch (Throwable refusal) {
            refused(refusal.toString());
        }
    }

    private static void refused(String why) {
        weaving = null;
        // Several threads may have waited.
        if (REFUSALS.getAndIncrement() == 0) {
            Log.error("virtual threads are not accounted: " + why);
        }
    }

    private static void retryLater() {
        failedNanoTime = System.nanoTime();
        hasFailed = true;
    }
}
