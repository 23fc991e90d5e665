package io.corral.integration.exhaustion;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
import io.corral.LimitExceededException;
import io.corral.integration.harness.Scenario;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Requests at a door while the heap is full. */
final class DoorsWithoutMemoryScenarios {

    private static final int WORKERS = 8;

    /** Each round leaves room for some more small objects. */
    private static final int ROUNDS = 6;

    /** In few rounds each request may have found room. */
    private static final int MAX_ROUNDS = 100;

    private static final int ATTEMPTS = 8;

    private DoorsWithoutMemoryScenarios() {}

    @Scenario
    static void nothingIsCountedOfRequestsThatHadNoHeapAndTheDoorOpensAgain() throws Exception {
        Container parent = Containers.at("/exhausted/doors");
        Container tenant = parent.at("tenant");
        parent.limits().fair(true);
        tenant.limits().requestsMax(2, Duration.ofMillis(1));
        Requests requests = new Requests(tenant);
        ExecutorService pool = Executors.newFixedThreadPool(WORKERS);
        for (int i = 0; i < WORKERS; i++) {
            pool.execute(requests);
        }
        // Loads the classes that are needed on a full heap.
        requests.await(WORKERS * ATTEMPTS);
        HeapBallast ballast = new HeapBallast();
        for (int round = 0; round < ROUNDS || mayGoOn(requests, round); round++) {
            ballast.fill();
            ballast.leaveRoom(4 * (round % ROUNDS));
            requests.await(ATTEMPTS);
            ballast.release();
            requests.await(ATTEMPTS);
        }
        requests.end();
        pool.shutdown();
        assertThat(pool.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        assertThat(requests.without.get()).isPositive();
        DoorsWithoutStackScenarios.assertCountsAndHolds(tenant);
        assertThat(tenant.limits().stat().lost()).isZero();
        parent.limits().reset();
        tenant.limits().reset();
    }

    private static boolean mayGoOn(Requests requests, int round) {
        return requests.without.get() == 0 && round < MAX_ROUNDS;
    }

    /** Comes again at once, with or without an answer. */
    private static final class Requests implements Runnable {

        private final Container tenant;
        private final AtomicBoolean isOver = new AtomicBoolean();
        private final AtomicLong attempts = new AtomicLong();

        /** Those that had no heap. */
        final AtomicLong without = new AtomicLong();

        Requests(Container tenant) {
            this.tenant = tenant;
        }

        @Override
        public void run() {
            while (!isOver.get()) {
                try {
                    tenant.admit().close();
                } catch (LimitExceededException refused) {
                    Thread.onSpinWait();
                } catch (OutOfMemoryError full) {
                    without.incrementAndGet();
                }
                attempts.incrementAndGet();
            }
        }

        void await(long more) {
            long target = attempts.get() + more;
            while (attempts.get() < target) {
                Thread.onSpinWait();
            }
        }

        void end() {
            isOver.set(true);
        }
    }
}
