package io.corral.it.recording;

import io.corral.Containers;
import io.corral.Scope;
import io.corral.it.support.Burn;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One tenant uses most of the CPU time, tasks of another one wait for a worker, and a container
 * ends with many new threads.
 */
final class FindingsMain {

    static final int THREADS = 60;

    private FindingsMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        long before = Containers.snapshot(Duration.ZERO).containerCpuNanos();
        for (int i = 0; i < 10; i++) {
            burn("/tenants/acme", 300);
            burn("/tenants/globex", 30);
        }
        waitForOneWorker();
        CountDownLatch started = new CountDownLatch(THREADS);
        try (Scope scope = Containers.at("/leak").enter()) {
            for (int i = 0; i < THREADS; i++) {
                Thread thread = new Thread(
                        () -> {
                            started.countDown();
                            while (true) {
                                LockSupport.park();
                            }
                        },
                        "leaked-" + i);
                thread.setDaemon(true);
                thread.start();
            }
        }
        started.await();
        System.out.println("acme=" + Containers.at("/tenants/acme").ownUsage().cpuNanos());
        long all = Containers.snapshot(Duration.ZERO).containerCpuNanos();
        System.out.println("all=" + (all - before));
    }

    /** Each task waits for those before it. */
    private static void waitForOneWorker() throws InterruptedException {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try (Scope scope = Containers.at("/tenants/initech").enter()) {
            for (int i = 0; i < 20; i++) {
                pool.execute(() -> Burn.millis(20));
            }
        }
        pool.shutdown();
        pool.awaitTermination(10, TimeUnit.MINUTES);
    }

    private static void burn(String path, long millis) {
        try (Scope scope = Containers.at(path).enter()) {
            Burn.millis(millis);
        }
    }
}
