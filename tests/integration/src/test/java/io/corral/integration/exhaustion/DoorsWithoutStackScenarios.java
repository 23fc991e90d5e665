package io.corral.integration.exhaustion;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
import io.corral.LimitExceededException;
import io.corral.Scope;
import io.corral.integration.harness.Scenario;
import io.corral.integration.harness.ThreadKind;
import io.corral.integration.support.Waits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Requests at a door at the bottom of the stack. */
final class DoorsWithoutStackScenarios {

    private static final int DIVES = 25;

    private DoorsWithoutStackScenarios() {}

    @Scenario
    static void nothingIsCountedOfRequestsThatHadNoStackAndTheDoorOpensAgain() {
        Container tenant = Containers.at("/exhausted/door-without-stack");
        tenant.limits().requestsMax(Long.MAX_VALUE - 1);
        // Loads the classes that are needed at the bottom of the stack.
        tenant.admit().close();
        int overflows = 0;
        for (int dive = 0; dive < DIVES; dive++) {
            overflows += StackBottom.reach(dive, () -> tenant.admit().close());
        }
        assertThat(overflows).isGreaterThan(DIVES);
        assertCountsAndHolds(tenant);
        tenant.limits().reset();
    }

    /** The pool of a worker is found when its first request is to wait. */
    @Scenario
    static void requestsOfAPoolWaitAfterTheFirstOneHadNoStackToWait() throws Exception {
        Container tenant = Containers.at("/exhausted/wait-without-stack");
        tenant.limits().requestsMax(1, Duration.ofNanos(100_000));
        CountDownLatch isIn = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Thread holder = new Thread(() -> {
            try (Scope request = tenant.admit()) {
                isIn.countDown();
                Waits.await(end);
            }
        });
        holder.start();
        Waits.await(isIn);
        AtomicInteger overflows = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                4, 4, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), StackBottom::thread);
        for (int dive = 0; dive < DIVES; dive++) {
            int offset = dive;
            pool.submit(() -> overflows.addAndGet(
                            StackBottom.reachHere(offset, () -> isRefused(tenant))))
                    .get();
        }
        assertThat(overflows.get()).isGreaterThan(DIVES);
        long waited = tenant.limits().stat().waited();
        assertThat(pool.submit(() -> isRefused(tenant)).get()).isTrue();
        assertThat(tenant.limits().stat().waited()).isEqualTo(waited + 1);
        pool.shutdown();
        end.countDown();
        ThreadKind.join(holder);
        assertCountsAndHolds(tenant);
        tenant.limits().reset();
    }

    private static boolean isRefused(Container tenant) {
        try {
            tenant.admit().close();
            return false;
        } catch (LimitExceededException refused) {
            return true;
        }
    }

    /** Nothing is counted, and two requests are let in at once, and not a third. */
    static void assertCountsAndHolds(Container tenant) {
        // What a thread could not count out is found within some seconds.
        Waits.until(() -> tenant.limits().stat().requests() == 0);
        assertThat(tenant.limits().stat().waiting()).isZero();
        tenant.limits().requestsMax(2);
        AtomicInteger letIn = new AtomicInteger();
        CountDownLatch decided = new CountDownLatch(3);
        CountDownLatch end = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Thread thread = new Thread(() -> {
                try (Scope request = tenant.admit()) {
                    letIn.incrementAndGet();
                    decided.countDown();
                    Waits.await(end);
                } catch (LimitExceededException refused) {
                    decided.countDown();
                }
            });
            threads.add(thread);
            thread.start();
        }
        Waits.await(decided);
        end.countDown();
        threads.forEach(ThreadKind::join);
        assertThat(letIn.get()).isEqualTo(2);
        assertThat(tenant.limits().stat().requests()).isZero();
    }
}
