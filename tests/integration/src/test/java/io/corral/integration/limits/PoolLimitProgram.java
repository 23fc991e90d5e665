package io.corral.integration.limits;

import io.corral.Container;
import io.corral.Containers;
import io.corral.integration.support.Waits;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Pools whose workers the rules place in a container with a limit. */
final class PoolLimitProgram {

    private PoolLimitProgram() {}

    public static void main(String[] arguments) throws Exception {
        Container a = Containers.at("/pool/a");
        a.limits().threadsMax(2);
        CountDownLatch over = new CountDownLatch(1);
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                0,
                4,
                1,
                TimeUnit.MILLISECONDS,
                new SynchronousQueue<>(),
                task -> new Thread(task, "limited-worker"));
        pool.execute(() -> Waits.await(over));
        pool.execute(() -> Waits.await(over));
        try {
            pool.execute(() -> {});
        } catch (RejectedExecutionException refused) {
            System.out.println("refused=" + refused.getMessage());
        }
        System.out.println("size=" + pool.getPoolSize());
        over.countDown();
        Waits.until(() -> a.limits().stat().threads() == 0);
        CountDownLatch ran = new CountDownLatch(2);
        pool.execute(ran::countDown);
        Waits.until(() -> a.limits().stat().threads() == 0);
        pool.execute(ran::countDown);
        Waits.await(ran);
        pool.shutdown();
        System.out.println("ended=" + pool.awaitTermination(60, TimeUnit.SECONDS));
        Waits.until(() -> a.limits().stat().threads() == 0);

        a.limits().threadsMax(0);
        ScheduledExecutorService timer =
                Executors.newScheduledThreadPool(1, task -> new Thread(task, "limited-timer"));
        try {
            timer.schedule(() -> {}, 1, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException refused) {
            System.out.println("timer=" + refused.getMessage());
        }
        a.limits().threadsMax(1);
        CountDownLatch fired = new CountDownLatch(1);
        timer.schedule(fired::countDown, 1, TimeUnit.MILLISECONDS);
        Waits.await(fired);
        timer.shutdownNow();
        Waits.until(() -> a.limits().stat().threads() == 0);
        System.out.println("peak=" + a.limits().stat().peakThreads());
    }
}
