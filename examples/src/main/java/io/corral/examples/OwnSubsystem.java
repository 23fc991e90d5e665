package io.corral.examples;

import io.corral.Container;
import io.corral.Containers;
import io.corral.ForkRefusedException;
import io.corral.Refusal;
import io.corral.Subsystem;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Attaches a subsystem of one's own, which refuses to start more than three threads at a time. */
public final class OwnSubsystem {

    private static final int MOST = 3;

    private OwnSubsystem() {}

    public static void main(String[] arguments) {
        Containers.register(new AtMost(MOST));
        Container workshop = Containers.at("/workshop");
        CountDownLatch evening = new CountDownLatch(1);
        if (!Containers.isActive()) {
            System.out.println("There is no agent, so nobody asks the subsystem.");
        }
        try {
            for (int i = 1; i <= MOST + 1; i++) {
                workshop.start(new Thread(() -> await(evening), "worker-" + i));
                System.out.println("worker-" + i + " works.");
            }
        } catch (ForkRefusedException e) {
            System.out.println(e.getMessage());
        } finally {
            evening.countDown();
        }
    }

    private static void await(CountDownLatch evening) {
        try {
            evening.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Limits {@code /workshop}. The state of a container is how many threads are in it. */
    private static final class AtMost implements Subsystem {

        private final int most;

        AtMost(int most) {
            this.most = most;
        }

        @Override
        public @Nullable Object containerCreated(Container container) {
            return container.path().equals("/workshop") ? new AtomicLong() : null;
        }

        /** Charges at once, so that of two starts that race for the last place one is refused. */
        @Override
        public @Nullable Refusal canFork(Thread thread, Container container) {
            if (charge(container, 1) <= most) {
                return null;
            }
            charge(container, -1);
            return new Refusal(
                    container.path() + " has " + most + " of " + most + " threads",
                    container,
                    most);
        }

        @Override
        public void cancelFork(Thread thread, Container container) {
            charge(container, -1);
        }

        @Override
        public void exit(Thread thread, Container container) {
            charge(container, -1);
        }

        /** Counted, not refused: who moves a thread knows why. */
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
