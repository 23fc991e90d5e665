package io.corral.integration.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
import io.corral.integration.harness.Scenario;
import io.corral.integration.support.CpuLoad;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlin.jvm.functions.Function2;
import kotlinx.coroutines.BuildersKt;
import kotlinx.coroutines.CoroutineScope;
import kotlinx.coroutines.CoroutineStart;
import kotlinx.coroutines.DelayKt;
import kotlinx.coroutines.Dispatchers;
import kotlinx.coroutines.GlobalScope;

/** Suspend functions below a rule stay in its container after they were resumed. */
final class CoroutineScenarios {

    private static final int ROUNDS = 10;
    private static final int ATTEMPTS = 6;

    private CoroutineScenarios() {}

    @Scenario
    static void resumedFunctionIsChargedToItsTenant() throws Exception {
        startWorkers();
        AssertionError failure = null;
        // The first attempts also load and compile.
        for (int i = 0; i < ATTEMPTS; i++) {
            try {
                measure();
                return;
            } catch (AssertionError cold) {
                failure = cold;
            }
        }
        throw failure;
    }

    private static void measure() throws Exception {
        String[] tenants = {"one", "two", "three"};
        long[] before = new long[3];
        AtomicLong[] burnt = new AtomicLong[3];
        CountDownLatch[] done = new CountDownLatch[3];
        for (int i = 0; i < 3; i++) {
            before[i] = container(tenants[i]).usage().cpuNanos();
            burnt[i] = new AtomicLong();
            done[i] = handle(tenants[i], (i + 1) * ROUNDS, burnt[i]);
        }
        for (int i = 0; i < 3; i++) {
            done[i].await();
            double charged = container(tenants[i]).usage().cpuNanos() - before[i];
            assertThat(charged / burnt[i].get()).as(tenants[i]).isBetween(0.95, 1.05);
        }
    }

    private static Container container(String tenant) {
        return Containers.at("/items/kotlin/" + tenant);
    }

    /** From the root, so that no worker and no timer is born in a tenant's container. */
    private static void startWorkers() throws InterruptedException {
        launch(16, (scope, caller) -> {
                    CpuLoad.millis(10);
                    return DelayKt.delay(1, caller);
                })
                .await();
    }

    private static CountDownLatch handle(String tenant, int times, AtomicLong burnt) {
        return launch(times, (scope, caller) -> SuspendedOrders.handle(tenant, burnt, caller));
    }

    private static CountDownLatch launch(
            int times, Function2<CoroutineScope, Continuation<? super Unit>, Object> body) {
        CountDownLatch done = new CountDownLatch(times);
        for (int i = 0; i < times; i++) {
            BuildersKt.launch(
                            GlobalScope.INSTANCE,
                            Dispatchers.getDefault(),
                            CoroutineStart.DEFAULT,
                            body)
                    .invokeOnCompletion(failure -> {
                        done.countDown();
                        return Unit.INSTANCE;
                    });
        }
        return done;
    }
}
