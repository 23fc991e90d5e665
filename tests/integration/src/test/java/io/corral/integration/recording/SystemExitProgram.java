package io.corral.integration.recording;

import io.corral.Container;
import io.corral.Containers;
import io.corral.integration.support.CpuLoad;
import io.corral.integration.support.EventRegistration;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs in the forked JVM: two daemon threads burn, then one spins and one waits while main exits.
 */
final class SystemExitProgram {

    static final int EXIT_CODE = 3;
    static final String CONTAINER = "/daemons";
    static final long ALLOCATED_BYTES = 4_000_000;

    private static volatile byte[] sink = {};

    private SystemExitProgram() {}

    public static void main(String[] arguments) throws Exception {
        // Waits until the events are registered, so that Corral reads totals at the recording's
        // end.
        EventRegistration.await("corral.ContainerTotal");
        Container daemons = Containers.at(CONTAINER);
        AtomicLong used = new AtomicLong();
        CountDownLatch burnt = new CountDownLatch(2);
        start(daemons, () -> {
            used.addAndGet(CpuLoad.millis(200));
            burnt.countDown();
            while (true) {
                CpuLoad.work();
            }
        });
        start(daemons, () -> {
            for (int i = 0; i < ALLOCATED_BYTES / 1000; i++) {
                sink = new byte[1000];
            }
            used.addAndGet(CpuLoad.millis(200));
            burnt.countDown();
            while (true) {
                LockSupport.park();
            }
        });
        burnt.await();
        System.out.println("usedNanos=" + used.get());
        System.exit(EXIT_CODE);
    }

    private static void start(Container container, Runnable task) {
        Thread daemon = new Thread(task);
        daemon.setDaemon(true);
        container.start(daemon);
    }
}
