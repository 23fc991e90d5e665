package io.corral.integration.views;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;

/**
 * Runs in the forked JVM: three tenants that use the CPU as 1 : 2 : 3. An argument names another
 * hierarchy, in which they all are in the root.
 */
final class TopProgram {

    private static final String[] TENANTS = {"acme", "globex", "initech"};
    private static final int ROUNDS = 100;
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

    private TopProgram() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        for (String hierarchy : arguments) {
            Containers.hierarchy(hierarchy);
        }
        // A reading in the middle of a round may be off by the work of one round.
        CountDownLatch rounds = new CountDownLatch(ROUNDS);
        CyclicBarrier round = new CyclicBarrier(TENANTS.length, rounds::countDown);
        for (int i = 0; i < TENANTS.length; i++) {
            Container container = Containers.at("/tenants/" + TENANTS[i]);
            long nanos = TimeUnit.MILLISECONDS.toNanos(1 + i);
            Thread thread = new Thread(() -> serve(container, nanos, round));
            thread.setDaemon(true);
            thread.start();
        }
        rounds.await();
        System.out.println("ready");
        // Any line ends the program.
        System.in.read();
    }

    private static void serve(Container container, long nanos, CyclicBarrier round) {
        try (Scope scope = container.enter()) {
            // The waits between the rounds cost CPU time too, so a round ends by the sum.
            long end = CLOCK.getCurrentThreadCpuTime();
            while (true) {
                end += nanos;
                while (CLOCK.getCurrentThreadCpuTime() < end) {
                    Thread.onSpinWait();
                }
                round.await();
            }
        } catch (InterruptedException | BrokenBarrierException never) {
            throw new IllegalStateException(never);
        }
    }
}
