package io.corral.runtime.placement;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * Where the JDK keeps no book of whose a thread is, as 17 does not: those that a
 * {@code ThreadPoolExecutor} has had made, until they work for it. What such a thread runs need not
 * tell: its factory may have put a task of its own around the worker.
 */
public final class PoolThreads {

    /** One of a list that is never changed, only replaced. */
    private static final class Made extends WeakReference<Thread> {

        final @Nullable Made next;

        Made(Thread worker, @Nullable Made next) {
            super(worker);
            this.next = next;
        }
    }

    /** Empty but while pools start workers; one that is never started is gone with its thread. */
    private volatile @Nullable Made made;

    private static final PoolThreads ALL = new PoolThreads();

    private static final AtomicReferenceFieldUpdater<PoolThreads, @Nullable Made> MADE =
            AtomicReferenceFieldUpdater.newUpdater(PoolThreads.class, Made.class, "made");

    private PoolThreads() {}

    /** Being called initializes this class. */
    public static void initialize() {}

    /** On the thread that submits the task which the worker is made for. */
    public static void made(@Nullable Thread worker) {
        if (worker == null) {
            return;
        }
        Made before = ALL.made;
        while (!MADE.compareAndSet(ALL, before, new Made(worker, unstarted(before, null)))) {
            before = ALL.made;
        }
    }

    /** On the worker, once it works. */
    public static void works() {
        Made before = ALL.made;
        while (before != null
                && !MADE.compareAndSet(ALL, before, unstarted(before, Thread.currentThread()))) {
            before = ALL.made;
        }
    }

    /** On the thread that starts it. */
    public static boolean contains(Thread thread) {
        for (Made each = ALL.made; each != null; each = each.next) {
            if (each.refersTo(thread)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Without {@code working}, those that have been started, and those that nobody can start any
     * more.
     */
    private static @Nullable Made unstarted(@Nullable Made made, @Nullable Thread working) {
        Made left = null;
        for (Made each = made; each != null; each = each.next) {
            Thread thread = each.get();
            if (thread != null && thread != working && !thread.isAlive()) {
                left = new Made(thread, left);
            }
        }
        return left;
    }
}
