package io.corral.runtime.membership;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Up to JDK 20, which keeps no book of whose a thread is: those that a {@code ThreadPoolExecutor} has had made, until they
 * work for it. What such a thread runs need not tell: its factory may have put a task of its own around the worker.
 */
public final class PoolThreads {

    /** Guarded by itself. Empty but while pools start workers; one that is never started is gone with its thread. */
    private static final List<WeakReference<Thread>> MADE = new ArrayList<>();

    /** The size of {@link #MADE}, for hooks to look without a lock. */
    private static volatile int count;

    private PoolThreads() {}

    /** Being called initializes this class. */
    public static void initialize() {}

    /** On the thread that submits the task which the worker is made for. */
    public static void made(@Nullable Thread worker) {
        if (worker == null) {
            return;
        }
        synchronized (MADE) {
            forget(null);
            MADE.add(new WeakReference<>(worker));
            count = MADE.size();
        }
    }

    /** On the worker, once it works. */
    public static void works() {
        if (count == 0) {
            return;
        }
        synchronized (MADE) {
            forget(Thread.currentThread());
            count = MADE.size();
        }
    }

    /** On the thread that starts it. */
    public static boolean contains(Thread thread) {
        if (count == 0) {
            return false;
        }
        synchronized (MADE) {
            for (int i = 0; i < MADE.size(); i++) {
                if (MADE.get(i).refersTo(thread)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** One, and those that have been started, or that nobody can start any more. */
    private static void forget(@Nullable Thread working) {
        for (int i = MADE.size() - 1; i >= 0; i--) {
            Thread each = MADE.get(i).get();
            if (each == null || each == working || each.isAlive()) {
                MADE.remove(i);
            }
        }
    }
}
