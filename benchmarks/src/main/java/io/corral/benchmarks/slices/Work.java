package io.corral.benchmarks.slices;

import io.corral.benchmarks.micro.VirtualThreads;
import io.corral.benchmarks.tasks.TinyTasks;

import java.util.concurrent.CountDownLatch;

/** What a slice is made of. */
public enum Work {
    /** Platform threads, started and waited for one after the other. */
    PLATFORM_LIFE(50, 400, 64, 1) {
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
    VIRTUAL_LIFE(2_000, 400, 64, 1) {
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
    VIRTUAL_YIELD(10_000, 400, 64, 1) {
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
    },

    /** Tiny tasks through a fixed pool of one worker. */
    TASKS_OF_FIXED_POOL(1_000_000, 10, 16, 3) {
        @Override
        void run(int times) {
            FixedPool.TASKS.run(times);
        }
    },

    /** Tiny tasks through the common pool. */
    TASKS_OF_COMMON_POOL(1_000_000, 10, 16, 3) {
        @Override
        void run(int times) {
            CommonPool.TASKS.run(times);
        }
    };

    /** So many take a millisecond or a few, or thirty: long for the caches, and short for what else a machine does. */
    public final int timesOfSlice;

    /** With half as many the hooks are not all compiled. */
    public final int slicesOfWarmup;

    /** Of a generation that is full once in many slices; or, where objects are most of the work, in each. */
    public final int youngMegabytes;

    /** Where JVMs differ more than their turns do, each takes one of so many, so that there can be more JVMs. */
    public final int oneTurnOf;

    Work(int timesOfSlice, int slicesOfWarmup, int youngMegabytes, int oneTurnOf) {
        this.timesOfSlice = timesOfSlice;
        this.slicesOfWarmup = slicesOfWarmup;
        this.youngMegabytes = youngMegabytes;
        this.oneTurnOf = oneTurnOf;
    }

    abstract void run(int times) throws InterruptedException;

    /** Made when it is used. */
    private static final class FixedPool {
        static final TinyTasks TASKS = TinyTasks.throughAFixedPool(1);
    }

    private static final class CommonPool {
        static final TinyTasks TASKS = TinyTasks.throughTheCommonPool();
    }
}
