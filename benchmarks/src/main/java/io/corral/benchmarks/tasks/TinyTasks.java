package io.corral.benchmarks.tasks;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.LongAdder;

/** Tasks that count themselves, handed to a pool. */
public final class TinyTasks {

    /** At a time, so that it is not the heap that is measured. */
    private static final int BATCH = 5_000;

    private final Executor pool;
    private final int workers;
    private final LongAdder done = new LongAdder();

    private TinyTasks(Executor pool, int workers) {
        this.pool = pool;
        this.workers = workers;
    }

    public static TinyTasks throughTheCommonPool() {
        return new TinyTasks(ForkJoinPool.commonPool(), 0);
    }

    public static TinyTasks throughAFixedPool(int workers) {
        return new TinyTasks(Executors.newFixedThreadPool(workers), workers);
    }

    Executor pool() {
        return pool;
    }

    /** The same tasks, where they are handed to what leads to the same pool. */
    TinyTasks by(Executor submitting) {
        return new TinyTasks(submitting, workers);
    }

    /**
     * Hands them over and waits for their ends. A fixed pool's workers begin when a batch is in the queue: workers that wait for
     * each task are woken for each, which costs ten times as much as all else, or not at all, as chance has it.
     *
     * @param count in batches of 5,000
     */
    public void run(int count) {
        long before = done.sum();
        Phaser batches = new Phaser(1);
        for (int i = 0; i < count; i += BATCH) {
            batches.register();
            CountDownLatch begin = new CountDownLatch(1);
            for (int j = 0; j < workers; j++) {
                pool.execute(() -> await(begin));
            }
            for (int j = 0; j < BATCH; j++) {
                int last = BATCH - 1 - j;
                pool.execute(() -> {
                    done.increment();
                    if (last == 0) {
                        batches.arriveAndDeregister();
                    }
                });
            }
            begin.countDown();
            batches.arriveAndAwaitAdvance();
        }
        while (done.sum() - before < count) {
            Thread.onSpinWait();
        }
    }

    long done() {
        return done.sum();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
