package io.corral.examples;

import io.corral.Container;
import io.corral.Containers;
import io.corral.ForkRefusedException;
import io.corral.Refusal;
import io.corral.Subsystem;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** Registers a subsystem that refuses to start more than three threads at a time. */
public final class OwnSubsystem {

    private static final int LIMIT = 3;

    private OwnSubsystem() {}

    public static void main(String[] arguments) {
        Containers.register(new ThreadLimit(LIMIT));
        Container workshop = Containers.at("/workshop");
        CountDownLatch mayEnd = new CountDownLatch(1);
        if (!Containers.isActive()) {
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

    /**
     * Limits {@code /workshop}. Its state is the number of threads that are in it. The example
     * compiles with the API's jar alone, so it has no annotations for nulls.
     */
    @SuppressWarnings("NullAway")
    private static final class ThreadLimit implements Subsystem {

        private final int limit;

        ThreadLimit(int limit) {
            this.limit = limit;
        }

        @Override
        public Object containerCreated(Container container) {
            return container.path().equals("/workshop") ? new AtomicLong() : null;
        }

        /**
         * Charges before it compares, so that only one of two concurrent starts gets the last
         * place.
         */
        @Override
        public Refusal canFork(Thread thread, Container container) {
            if (charge(container, 1) <= limit) {
                return null;
            }
            charge(container, -1);
            return new Refusal(
                    container.path() + " has " + limit + " of " + limit + " threads",
                    container,
                    limit);
        }

        @Override
        public void cancelFork(Thread thread, Container container) {
            charge(container, -1);
        }

        @Override
        public void exit(Thread thread, Container container) {
            charge(container, -1);
        }

        /** An attached thread is counted and never refused. */
        @Override
        public void attach(Thread thread, Container from, Container to) {
            charge(from, -1);
            charge(to, 1);
        }

        private long charge(Container container, int threads) {
            return container.state(this) instanceof AtomicLong live ? live.addAndGet(threads) : 0;
        }
    }
}
