package io.corral.benchmarks.slices;

import io.corral.benchmarks.micro.VirtualThreads;

import java.util.concurrent.CountDownLatch;

/** What a slice is made of. */
public enum Work {
    /** Platform threads, started and waited for one after the other. */
    PLATFORM_LIFE(50) {
        @Override
        void run(int times) throws InterruptedException {
            for (int i = 0; i < times; i++) {
                Thread thread = new Thread(() -> {});
                thread.start();
                thread.join();
            }
        }
    },

    /** Virtual threads, all started and then waited for. */
    VIRTUAL_LIFE(2_000) {
        @Override
        void run(int times) throws InterruptedException {
            CountDownLatch ends = new CountDownLatch(times);
            Runnable task = ends::countDown;
            for (int i = 0; i < times; i++) {
                VirtualThreads.start(task);
            }
            ends.await();
        }
    },

    /** Two virtual threads that give way to each other on one carrier. */
    VIRTUAL_YIELD(10_000) {
        // What a yield costs is the question.
        @SuppressWarnings("ThreadPriorityCheck")
        @Override
        void run(int times) throws InterruptedException {
            CountDownLatch ends = new CountDownLatch(2);
            Runnable each = () -> {
                for (int i = 0; i < times / 2; i++) {
                    Thread.yield();
                }
                ends.countDown();
            };
            // On the carrier, so that both are there before the first of them yields.
            VirtualThreads.start(() -> {
                VirtualThreads.start(each);
                VirtualThreads.start(each);
            });
            ends.await();
        }
    };

    /** So many take a millisecond or a few: long for the caches, and short for what else a machine does. */
    public final int timesOfSlice;

    Work(int timesOfSlice) {
        this.timesOfSlice = timesOfSlice;
    }

    abstract void run(int times) throws InterruptedException;
}
