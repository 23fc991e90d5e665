package io.corral.integration.rules;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Subsystem;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A snapshot adopts a thread whose fork hook failed, and a rule makes a container for it. The
 * subsystem that learns of the container waits for a lock, whose holder takes a snapshot, too.
 */
final class SnapshotWithRules {

    private static final long PATIENCE_MILLIS = 10_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final CountDownLatch isLocked = new CountDownLatch(1);
    private final CountDownLatch isCreated = new CountDownLatch(1);
    private final CountDownLatch isOver = new CountDownLatch(1);

    /** Prints whether both snapshots were taken. */
    static void take() throws InterruptedException {
        new SnapshotWithRules().takeTwo();
    }

    private void takeTwo() throws InterruptedException {
        Containers.register(new Subsystem() {
            @Override
            public Object containerCreated(Container container) {
                if (container.path().equals("/unseen/thread")) {
                    isCreated.countDown();
                    lock.lock();
                    lock.unlock();
                }
                return null;
            }
        });
        Thread holder = daemon(this::takeWithLock);
        isLocked.await();
        Thread unseen = new FailsOnce(() -> await(isOver));
        unseen.start();
        Thread first = daemon(SnapshotWithRules::takeFresh);
        first.join(PATIENCE_MILLIS);
        holder.join(PATIENCE_MILLIS);
        System.out.println("taken=" + (!first.isAlive() && !holder.isAlive()));
        System.out.println("unseen=" + Containers.of(unseen).path());
        isOver.countDown();
    }

    private void takeWithLock() {
        lock.lock();
        try {
            isLocked.countDown();
            await(isCreated);
            takeFresh();
        } finally {
            lock.unlock();
        }
    }

    private static void takeFresh() {
        Containers.snapshot(Duration.ZERO);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** A thread that a rule for class loaders can't place when it starts. */
    private static final class FailsOnce extends Thread {

        private boolean hasFailed;

        FailsOnce(Runnable task) {
            super(task, "unseen-thread");
            setDaemon(true);
        }

        @Override
        public ClassLoader getContextClassLoader() {
            if (!hasFailed) {
                hasFailed = true;
                throw new AssertionError("on purpose");
            }
            return super.getContextClassLoader();
        }
    }
}
