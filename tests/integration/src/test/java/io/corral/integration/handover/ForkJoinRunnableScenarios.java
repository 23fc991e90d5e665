package io.corral.integration.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Containers;
import io.corral.Scope;
import io.corral.integration.harness.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;

/** Runnables that a fork-join pool wraps into its own tasks. */
final class ForkJoinRunnableScenarios {

    private ForkJoinRunnableScenarios() {}

    @Scenario
    static void taskTakenOutOfThePoolRunsForItsSubmitterOnce() throws Exception {
        List<String> seen = new ArrayList<>();
        Runnable task = () -> seen.add(Containers.current().path());
        try (BusyPool pool = new BusyPool()) {
            pool.execute(task);
            try (Scope scope = Containers.at("/handed/polled").enter()) {
                pool.execute(task);
            }
            pool.takeOut().invoke();
            ForkJoinTask<?> placed = pool.takeOut();
            placed.invoke();
            placed.reinitialize();
            placed.invoke();
        }
        String here = Containers.current().path();
        assertThat(seen).containsExactly(here, "/handed/polled", here);
    }

    /** A pool whose only worker is busy until the pool is closed. */
    private static final class BusyPool extends ForkJoinPool implements AutoCloseable {

        private final CountDownLatch closed = new CountDownLatch(1);

        BusyPool() throws InterruptedException {
            super(1);
            CountDownLatch busy = new CountDownLatch(1);
            execute(() -> {
                busy.countDown();
                try {
                    closed.await();
                } catch (InterruptedException ended) {
                    Thread.currentThread().interrupt();
                }
            });
            busy.await();
        }

        ForkJoinTask<?> takeOut() {
            return Objects.requireNonNull(pollSubmission());
        }

        @Override
        public void close() {
            closed.countDown();
            shutdown();
        }
    }
}
