package io.corral.benchmarks.memory;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;
import io.corral.examples.service.VirtualThreads;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/** Threads of one container that do one thing and are then parked until they may end. */
final class ParkedThreads {

    /** What a thread does before it parks. */
    enum Activity {
        STAYED("that stays in its container"),
        SWITCHED("that has been in another container"),
        IN_SCOPE("inside a scope");

        final String words;

        Activity(String words) {
            this.words = words;
        }
    }

    private static final Container HOME = Containers.at("/memory/home");
    private static final Container OTHER = Containers.at("/memory/other");
    private static final int STACK_BYTES = 1 << 16;
    private static final int SWITCHES = 200;

    /** Few threads start at once, so that the JDK's own queues do not grow. */
    private static final int BATCH = 250;

    private final Thread[] threads;
    private final Activity activity;
    private volatile CountDownLatch parked = new CountDownLatch(0);
    private volatile boolean mayEnd;

    private ParkedThreads(int count, Activity activity) {
        this.threads = new Thread[count];
        this.activity = activity;
    }

    /** Returns when all threads are parked. */
    static ParkedThreads start(boolean isVirtual, Activity activity, int count)
            throws InterruptedException {
        ParkedThreads crowd = new ParkedThreads(count, activity);
        Runnable task = crowd::runThread;
        try (Scope scope = HOME.enter()) {
            for (int first = 0; first < count; first += BATCH) {
                int end = Math.min(count, first + BATCH);
                crowd.parked = new CountDownLatch(end - first);
                for (int i = first; i < end; i++) {
                    crowd.threads[i] = start(isVirtual, task);
                }
                crowd.parked.await();
            }
        }
        return crowd;
    }

    private static Thread start(boolean isVirtual, Runnable task) {
        if (isVirtual) {
            return VirtualThreads.start(task);
        }
        Thread thread = new Thread(null, task, "crowd", STACK_BYTES);
        thread.start();
        return thread;
    }

    private void runThread() {
        // Without the agent a scope would leave other objects behind.
        if (Containers.isActive()) {
            use();
        }
        parked.countDown();
        while (!mayEnd) {
            LockSupport.park(this);
        }
    }

    private void use() {
        if (activity == Activity.SWITCHED) {
            for (int i = 0; i < SWITCHES; i++) {
                OTHER.run(() -> {});
            }
        } else if (activity == Activity.IN_SCOPE) {
            OTHER.enter(); // closed when the thread ends
        }
    }

    void end() throws InterruptedException {
        mayEnd = true;
        for (Thread thread : threads) {
            LockSupport.unpark(thread);
        }
        for (int i = 0; i < threads.length; i++) {
            threads[i].join();
            // Otherwise a thread that the JVM still refers to would keep all others reachable
            // through its task.
            threads[i] = null;
        }
    }
}
