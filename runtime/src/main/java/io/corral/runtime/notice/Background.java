package io.corral.runtime.notice;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The one background thread, {@code corral}: runs what must not run where it comes up, one after the
 * other. Started with the first task.
 *
 * <p>(A {@code ConcurrentLinkedQueue} and an {@code AtomicBoolean} at start bring the JDK's variable handles, which are
 * interpreted there.)
 */
public final class Background implements Notifier, Runnable {

    /** A task that waits, and those that came before it. */
    private static final class Waiting {
        final Runnable task;

        /** The background thread turns it round once it has taken them. */
        @Nullable Waiting before;

        Waiting(Runnable task, @Nullable Waiting before) {
            this.task = task;
            this.before = before;
        }
    }

    private static final AtomicReferenceFieldUpdater<Background, @Nullable Waiting> LAST =
            AtomicReferenceFieldUpdater.newUpdater(Background.class, Waiting.class, "last");

    /** The task that came last. */
    private volatile @Nullable Waiting last;

    private final Thread thread = new CorralThread("corral", this);

    /** 1 once it was. */
    private final AtomicInteger started = new AtomicInteger();

    /** Neither blocks nor parks, so that an ending thread may call it. */
    @Override
    public void later(Runnable task) {
        Waiting before = last;
        while (!LAST.compareAndSet(this, before, new Waiting(task, before))) {
            before = last;
        }
        if (started.get() == 0 && started.compareAndSet(0, 1)) {
            start();
        }
        LockSupport.unpark(thread);
    }

    /** A start that fails leaves the tasks where they are: the next one tries again. */
    private void start() {
        try {
            thread.start();
        } catch (Throwable failure) {
            started.set(0);
            HookFailures.BACKGROUND.report(failure);
        }
    }

    @Override
    public void run() {
        while (true) {
            // Who parks interrupted does not wait.
            Thread.interrupted();
            Waiting taken = LAST.getAndSet(this, null);
            if (taken == null) {
                LockSupport.park(this);
            } else {
                runAll(taken);
            }
        }
    }

    private static void runAll(Waiting lastOne) {
        for (Waiting each = firstOf(lastOne); each != null; each = each.before) {
            runOne(each.task);
        }
    }

    /** What came last has nothing before it any more, and what came first has all others. */
    private static @Nullable Waiting firstOf(Waiting lastOne) {
        Waiting behind = null;
        Waiting each = lastOne;
        while (each != null) {
            Waiting before = each.before;
            each.before = behind;
            behind = each;
            each = before;
        }
        return behind;
    }

    private static void runOne(Runnable task) {
        // The one before may have left it.
        Thread.interrupted();
        try {
            task.run();
        } catch (Throwable failure) {
            HookFailures.BACKGROUND.report(failure);
        }
    }
}
