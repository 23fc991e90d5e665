package io.corral.it.views;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;

/** Runs in the forked JVM: three tenants that use the CPU as 1 : 2 : 3. */
final class TopProgram {

    private static final String[] TENANTS = {"acme", "globex", "initech"};
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

    private TopProgram() {}

    public static void main(String[] arguments) throws IOException {
        CyclicBarrier round = new CyclicBarrier(TENANTS.length);
        for (int i = 0; i < TENANTS.length; i++) {
            Container container = Containers.at("/tenants/" + TENANTS[i]);
            long nanos = TimeUnit.MILLISECONDS.toNanos(1 + i);
            Thread thread = new Thread(() -> serve(container, nanos, round));
            thread.setDaemon(true);
            thread.start();
        }
        System.out.println("ready");
        // Any line ends the program.
        System.in.read();
    }

    private static void serve(Container container, long nanos, CyclicBarrier round) {
        try (Scope scope = container.enter()) {
            while (true) {
                long end = CLOCK.getCurrentThreadCpuTime() + nanos;
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
