package io.corral.runtime.hook;

import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.jdk.VirtualThreadAccess;
import io.corral.runtime.jdk.VirtualWeaving;
import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.notice.Log;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the class of virtual threads when the first virtual thread is made, before its constructor
 * continues. That thread gets its member when it starts. Weaving at the JVM's start would link the
 * class, which makes compiled code slower in a JVM without virtual threads.
 *
 * <p>The first thread that needs the class weaves it; the others wait with a time limit, since
 * another agent's transformer may need a lock that one of them holds. A thread that waits too long,
 * or has no memory for the weaving, continues without it.
 */
public final class FirstVirtualThread {

    private static final long PATIENCE_NANOS = 1_000_000_000;

    /** The longest time that one iteration counts for, because the machine may be suspended. */
    private static final long LONGEST_LOOK_NANOS = 10_000_000;

    /** The limit in wall time, for a busy machine on which each iteration takes long. */
    private static final long LONGEST_NANOS = 5_000_000_000L;

    /** The pause after a failure for lack of memory or stack. */
    private static final long RETRY_NANOS = 1_000_000_000;

    private static final AtomicReferenceFieldUpdater<FirstVirtualThread, @Nullable Thread> WEAVER =
            AtomicReferenceFieldUpdater.newUpdater(
                    FirstVirtualThread.class, Thread.class, "weaver");

    private static final FirstVirtualThread CURRENT = new FirstVirtualThread();

    /** Null if the class is woven, or can't be woven. */
    private volatile @Nullable VirtualWeaving weaving;

    /** The thread that is weaving the class, or null. */
    private volatile @Nullable Thread weaver;

    private volatile boolean isOutOfPatience;
    private volatile boolean hasFailed;

    /** Read after {@link #hasFailed}. */
    private volatile long failedNanoTime;

    private FirstVirtualThread() {}

    /** A call initializes this class. */
    static void initialize() {}

    /**
     * Called by the agent once the hooks are on. Weaves now if there may be virtual threads
     * already.
     */
    public static void weaveBy(VirtualWeaving weaving) {
        CURRENT.weaving = weaving;
        VirtualThreadAccess access = Jdk.VIRTUAL_THREADS;
        if (access != null && access.areUsed()) {
            CURRENT.demand();
        }
    }

    /** Called in the constructors of {@link Thread}. */
    static void constructed(Thread thread) {
        VirtualWeaving current = CURRENT.weaving;
        VirtualThreadAccess access = Jdk.VIRTUAL_THREADS;
        if (current != null
                && access != null
                && access.isVirtual(thread)
                && !current.isWovenBy(Thread.currentThread())) {
            CURRENT.demand();
        }
    }

    /** Weaves the class, or waits for the thread that does. */
    private void demand() {
        Thread self = Thread.currentThread();
        if (weaver == self) {
            // A transformer has created a virtual thread while it was transforming the class. The
            // JVM does not call that transformer again.
            attempt();
        } else if (WEAVER.compareAndSet(this, null, self)) {
            try {
                attempt();
            } finally {
                weaver = null;
            }
        } else if (!isOutOfPatience) {
            awaitWeaver();
        }
    }

    private void attempt() {
        VirtualWeaving current = weaving;
        if (current == null || (hasFailed && System.nanoTime() - failedNanoTime < RETRY_NANOS)) {
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

    private void refused(String why) {
        weaving = null;
        Log.error("virtual threads are not accounted: " + why);
    }

    private void retryLater() {
        failedNanoTime = System.nanoTime();
        hasFailed = true;
    }

    /** Yields, because parking would consume an {@code unpark} that the application waits for. */
    @SuppressWarnings("ThreadPriorityCheck")
    private void awaitWeaver() {
        long waited = 0;
        long began = System.nanoTime();
        long last = began;
        while (weaving != null && weaver != null) {
            long now = System.nanoTime();
            waited += Math.min(now - last, LONGEST_LOOK_NANOS);
            last = now;
            if (waited > PATIENCE_NANOS || now - began > LONGEST_NANOS) {
                isOutOfPatience = true;
                return;
            }
            Thread.yield();
        }
    }
}
