package io.corral.runtime.notice;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The background thread {@code corral}. It runs tasks, one after another, that must not run on the
 * thread that submits them. It starts with the first task.
 *
 * <p>The queue is a Treiber stack, which the background thread takes as a whole and reverses. (A
 * {@code ConcurrentLinkedQueue} uses variable handles, whose first use slows the JVM's start.)
 */
public final class Background implements Notifier, Runnable {

    /** A task in the stack, and those that were submitted before it. */
    private static final class Waiting {
        final Runnable task;

        /**
         * The task that was submitted before this one; after the stack is reversed, the one that
         * was submitted next.
         */
        @Nullable Waiting next;

        Waiting(Runnable task, @Nullable Waiting next) {
            this.task = task;
            this.next = next;
        }
    }

    private static final AtomicReferenceFieldUpdater<Background, @Nullable Waiting> LAST =
            AtomicReferenceFieldUpdater.newUpdater(Background.class, Waiting.class, "last");

    /** The top of the stack: the task submitted last. */
    private volatile @Nullable Waiting last;

    private final Thread thread = new CorralThread("corral", this);

    /** 1 once the thread was started. */
    private final AtomicInteger started = new AtomicInteger();

    /** Does not block or park, so that an ending thread can call it. */
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

    /** If the start fails, the tasks stay in the stack, and the next submission tries again. */
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
            // A thread that is interrupted does not park.
            Thread.interrupted();
            Waiting taken = LAST.getAndSet(this, null);
            if (taken == null) {
                LockSupport.park(this);
            } else {
                runAll(taken);
            }
        }
    }

    private static void runAll(Waiting top) {
        for (Waiting each = reversed(top); each != null; each = each.next) {
            runOne(each.task);
        }
    }

    private static @Nullable Waiting reversed(Waiting top) {
        Waiting reversed = null;
        Waiting each = top;
        while (each != null) {
            Waiting next = each.next;
            each.next = reversed;
            reversed = each;
            each = next;
        }
        return reversed;
    }

    private static void runOne(Runnable task) {
        // An earlier task may have left the interrupt status set.
        Thread.interrupted();
        try {
            task.run();
        } catch (Throwable failure) {
            HookFailures.BACKGROUND.report(failure);
        }
    }
}
