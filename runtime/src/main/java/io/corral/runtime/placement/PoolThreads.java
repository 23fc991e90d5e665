package io.corral.runtime.placement;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * The threads that a {@code ThreadPoolExecutor} has requested and that do not work for it yet.
 * Needed on JDK 17, which does not record the pool of a thread. The thread's task is not
 * sufficient, since the pool's factory may have wrapped the worker.
 */
public final class PoolThreads {

    /** An entry of an immutable list. */
    private static final class Made extends WeakReference<Thread> {

        final @Nullable Made next;

        Made(Thread worker, @Nullable Made next) {
            super(worker);
            this.next = next;
        }
    }

    /**
     * The list is empty except while pools start workers. The entry of a thread that is never
     * started is removed after the thread is collected.
     */
    private volatile @Nullable Made made;

    private static final PoolThreads ALL = new PoolThreads();

    private static final AtomicReferenceFieldUpdater<PoolThreads, @Nullable Made> MADE =
            AtomicReferenceFieldUpdater.newUpdater(PoolThreads.class, Made.class, "made");

    private PoolThreads() {}

    /** A call initializes this class. */
    public static void initialize() {}

    /** Called on the thread that submits the worker's first task. */
    public static void made(@Nullable Thread worker) {
        if (worker == null) {
            return;
        }
        Made before = ALL.made;
        while (!MADE.compareAndSet(ALL, before, new Made(worker, unstarted(before, null)))) {
            before = ALL.made;
        }
    }

    /** Called on the worker when it begins to work. */
    public static void works() {
        Made before = ALL.made;
        while (before != null
                && !MADE.compareAndSet(ALL, before, unstarted(before, Thread.currentThread()))) {
            before = ALL.made;
        }
    }

    /** Called on the thread that starts {@code thread}. */
    public static boolean contains(Thread thread) {
        for (Made each = ALL.made; each != null; each = each.next) {
            if (each.refersTo(thread)) {
                return true;
            }
        }
        return false;
    }

    /** The list without {@code working}, started threads and collected threads. */
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
