package io.corral.benchmarks.memory;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;
import io.corral.benchmarks.micro.VirtualThreads;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/** Threads of one container that do one thing and then are parked until they may end. */
final class Crowd {

    private static final Container HOME = Containers.at("/memory/home");
    private static final Container OTHER = Containers.at("/memory/other");
    private static final int STACK_BYTES = 1 << 16;

    private static final int OFTEN = 200;
    private static final int READINGS = 3;

    /** So few are started at once that queues of the JDK's need not grow. */
    static final int BATCH = 250;

    private final Thread[] threads;
    private volatile CountDownLatch parked = new CountDownLatch(0);
    private final Habit habit;
    private volatile boolean mayEnd;

    /** Another one each time all are made to run. Written by the thread that has started them. */
    private volatile Object stirred = new Object();

    private Crowd(int count, Habit habit) {
        this.threads = new Thread[count];
        this.habit = habit;
    }

    /** Returns when all are parked. */
    static Crowd start(boolean isVirtual, Habit habit, int count) throws InterruptedException {
        Crowd crowd = new Crowd(count, habit);
        Runnable task = crowd::live;
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
        if (habit == Habit.READ && Containers.isActive()) {
            for (int i = 0; i < READINGS; i++) {
                crowd.stirAndRead();
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

    private void live() {
        // Without the agent a scope would leave something of its own behind.
        if (Containers.isActive()) {
            use();
        }
        park();
    }

    private void use() {
        switch (habit) {
            case STAYS -> {}
            case SWITCHED, READ -> OTHER.run(() -> {});
            case SWITCHED_OFTEN -> {
                for (int i = 0; i < OFTEN; i++) {
                    OTHER.run(() -> {});
                }
            }
            case INSIDE -> OTHER.enter(); // closed at the thread's end
        }
    }

    private void park() {
        Object known = stirred;
        parked.countDown();
        while (!mayEnd) {
            LockSupport.park(this);
            if (stirred != known) {
                known = stirred;
                parked.countDown();
            }
        }
    }

    /** Has all run for some microseconds, and reads what they used. Returns when they are parked again. */
    void stirAndRead() throws InterruptedException {
        parked = new CountDownLatch(threads.length);
        stirred = new Object();
        for (Thread thread : threads) {
            LockSupport.unpark(thread);
        }
        parked.await();
        HOME.usage();
    }

    void end() throws InterruptedException {
        mayEnd = true;
        for (Thread thread : threads) {
            LockSupport.unpark(thread);
        }
        for (int i = 0; i < threads.length; i++) {
            threads[i].join();
            // One that the JVM has not let go of yet would hold all others by its task.
            threads[i] = null;
        }
    }
}
