package io.corral.runtime;

import io.corral.runtime.membership.Notifier;
import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.placement.CorralThread;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * The one background thread, {@code corral}: runs what must not run where it comes up, one after the
 * other. Started with the first task.
 */
final class Background implements Notifier, Runnable {

    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean started = new AtomicBoolean();
    private final Thread thread = new CorralThread("corral", this);

    /** Neither blocks nor parks, so that an ending thread may call it. */
    @Override
    public void later(Runnable task) {
        tasks.add(task);
        if (!started.get() && started.compareAndSet(false, true)) {
            start();
        }
        LockSupport.unpark(thread);
    }

    /** A start that fails leaves the tasks where they are: the next one tries again. */
    private void start() {
        try {
            thread.start();
        } catch (Throwable failure) {
            started.set(false);
            HookFailures.BACKGROUND.report(failure);
        }
    }

    @Override
    public void run() {
        while (true) {
            // A task may have left it, and who parks interrupted does not wait.
            Thread.interrupted();
            Runnable task = tasks.poll();
            if (task == null) {
                LockSupport.park(this);
            } else {
                runOne(task);
            }
        }
    }

    private static void runOne(Runnable task) {
        try {
            task.run();
        } catch (Throwable failure) {
            HookFailures.BACKGROUND.report(failure);
        }
    }
}
