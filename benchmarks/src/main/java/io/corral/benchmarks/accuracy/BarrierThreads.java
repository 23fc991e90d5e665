package io.corral.benchmarks.accuracy;

import io.corral.examples.service.VirtualThreads;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Phaser;

/** Threads that begin together, and wait after their work until they may end. */
final class BarrierThreads {

    private final List<Thread> threads = new ArrayList<>();

    /** The threads and their starter arrive ready, to begin, with the work done, and to end. */
    private final Phaser barrier;

    BarrierThreads(int size) {
        barrier = new Phaser(size + 1);
    }

    void start(boolean isVirtual, Runnable work) {
        Runnable task = () -> {
            barrier.arriveAndAwaitAdvance();
            barrier.arriveAndAwaitAdvance();
            work.run();
            barrier.arriveAndAwaitAdvance();
            barrier.arriveAndAwaitAdvance();
        };
        if (isVirtual) {
            threads.add(VirtualThreads.start(task));
        } else {
            Thread thread = new Thread(task, "crew");
            threads.add(thread);
            thread.start();
        }
    }

    void awaitReady() {
        barrier.arriveAndAwaitAdvance();
    }

    /** Returns when all have done their work. */
    void work() {
        barrier.arriveAndAwaitAdvance();
        barrier.arriveAndAwaitAdvance();
    }

    void end() throws InterruptedException {
        barrier.arriveAndAwaitAdvance();
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
