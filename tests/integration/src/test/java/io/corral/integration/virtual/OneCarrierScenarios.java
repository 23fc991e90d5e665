package io.corral.integration.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;
import io.corral.integration.harness.Scenario;
import io.corral.integration.harness.ThreadKind;
import java.lang.reflect.Field;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** All virtual threads share one carrier. */
final class OneCarrierScenarios {

    private static final long MILLIS_FOR_ANOTHER_TO_RUN = 300;

    private OneCarrierScenarios() {}

    /**
     * Otherwise the thread could continue on another carrier while it switches the meter of this
     * one.
     */
    @Scenario
    static void virtualThreadDoesNotUnmountWhileItIsPlaced()
            throws ReflectiveOperationException, InterruptedException {
        Container container = Containers.at("/one-carrier");
        CountDownLatch otherRan = new CountDownLatch(1);
        Thread waiting;
        Thread other;
        synchronized (lockOfTrees()) {
            waiting = ThreadKind.VIRTUAL.start(() -> {
                try (Scope scope = container.enter()) {
                    assertThat(Containers.current()).isSameAs(container);
                }
            });
            while (waiting.getState() != Thread.State.BLOCKED) {
                Thread.onSpinWait();
            }
            other = ThreadKind.VIRTUAL.start(otherRan::countDown);
            assertThat(otherRan.await(MILLIS_FOR_ANOTHER_TO_RUN, TimeUnit.MILLISECONDS))
                    .isFalse();
        }
        ThreadKind.join(waiting);
        ThreadKind.join(other);
    }

    private static Object lockOfTrees() throws ReflectiveOperationException {
        Field lock = Class.forName("io.corral.runtime.container.Trees").getDeclaredField("LOCK");
        lock.setAccessible(true);
        return lock.get(null);
    }
}
