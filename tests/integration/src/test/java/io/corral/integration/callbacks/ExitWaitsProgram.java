package io.corral.integration.callbacks;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Subsystem;
import io.corral.integration.harness.ThreadKind;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs in a forked JVM with one carrier: a virtual thread ends while another one is in the callback
 * of its attach, which parks.
 */
final class ExitWaitsProgram {

    private static final CountDownLatch BEGUN = new CountDownLatch(1);
    private static final long CALLBACK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private ExitWaitsProgram() {}

    public static void main(String[] arguments) {
        Container container = Containers.at("/c");
        Containers.register(new Subsystem() {
            @Override
            public void attach(Thread thread, Container from, Container to) {
                BEGUN.countDown();
                long end = System.nanoTime() + CALLBACK_NANOS;
                for (long left = CALLBACK_NANOS; left > 0; left = end - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
            }

            @Override
            public void exit(Thread thread, Container container) {
                System.out.println("exit from " + container.path());
            }
        });
        Thread ending = ThreadKind.VIRTUAL.unstarted(ExitWaitsProgram::awaitCallback);
        Thread attacher = ThreadKind.VIRTUAL.unstarted(() -> container.attach(ending));
        ending.start();
        attacher.start();
        ThreadKind.join(ending);
        ThreadKind.join(attacher);
        System.out.println("over");
    }

    private static void awaitCallback() {
        try {
            BEGUN.await();
        } catch (InterruptedException never) {
            throw new IllegalStateException(never);
        }
    }
}
