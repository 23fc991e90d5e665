package io.corral.examples;

import io.corral.Container;
import io.corral.Containers;
import io.corral.ForkRefusedException;

import java.util.concurrent.CountDownLatch;

/** Registers {@link ThreadsMax}, which refuses to start more than three threads at a time. */
public final class OwnSubsystem {

    private static final int LIMIT = 3;

    private OwnSubsystem() {}

    public static void main(String[] arguments) {
        ThreadsMax threadsMax = new ThreadsMax();
        Containers.register(threadsMax);
        Container workshop = Containers.at("/workshop");
        CountDownLatch mayEnd = new CountDownLatch(1);
        if (Containers.isActive()) {
            threadsMax.limit(workshop, LIMIT);
        } else {
            System.out.println("There is no agent, so the subsystem is not asked.");
        }
        try {
            for (int i = 1; i <= LIMIT + 1; i++) {
                workshop.start(new Thread(() -> await(mayEnd), "worker-" + i));
                System.out.println("worker-" + i + " works.");
            }
        } catch (ForkRefusedException e) {
            System.out.println(e.getMessage());
        } finally {
            mayEnd.countDown();
        }
    }

    private static void await(CountDownLatch mayEnd) {
        try {
            mayEnd.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
