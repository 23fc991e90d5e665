package io.corral.integration.recording;

import io.corral.Container;
import io.corral.Containers;
import io.corral.LimitExceededException;
import io.corral.Scope;
import io.corral.integration.support.CpuLoad;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/**
 * One tenant uses most of the CPU time, one has a limit that refuses all its requests, and a
 * container ends with many new threads.
 */
final class FindingsProgram {

    static final int THREADS = 60;
    static final int REFUSED = 10;

    private FindingsProgram() {}

    public static void main(String[] arguments) throws InterruptedException {
        refuse("/tenants/trial");
        long before = Containers.snapshot(Duration.ZERO).containerCpuNanos();
        for (int i = 0; i < 10; i++) {
            burn("/tenants/acme", 300);
            burn("/tenants/globex", 30);
        }
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

    private static void refuse(String path) {
        Container container = Containers.at(path);
        container.limits().requestsMax(0);
        for (int i = 0; i < REFUSED; i++) {
            try (Scope admitted = container.admit()) {
                throw new IllegalStateException(admitted + " is over the limit");
            } catch (LimitExceededException expected) {
                // Counted by the container.
            }
        }
    }

    private static void burn(String path, long millis) {
        try (Scope scope = Containers.at(path).enter()) {
            CpuLoad.millis(millis);
        }
    }
}
