package io.corral.benchmarks.accuracy;

import io.corral.benchmarks.harness.VirtualThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Threads that begin together, and wait after their work until they may end. */
final class BarrierThreads {

    private final List<Thread> threads = new ArrayList<>();
    private final CountDownLatch ready;
    private final CountDownLatch go = new CountDownLatch(1);
    private final CountDownLatch done;
    private final CountDownLatch end = new CountDownLatch(1);

    BarrierThreads(int size) {
        ready = new CountDownLatch(size);
        done = new CountDownLatch(size);
    }

    void start(boolean isVirtual, Runnable work) {
        Runnable task = () -> {
            ready.countDown();
            await(go);
            work.run();
            done.countDown();
            await(end);
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
        await(ready);
    }

    /** Returns when all have done their work. */
    void work() {
        go.countDown();
        await(done);
    }

    void end() throws InterruptedException {
        end.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
