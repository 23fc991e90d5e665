package io.corral.integration.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;
import io.corral.integration.harness.Scenario;
import io.corral.integration.harness.ThreadKind;
import java.lang.reflect.Field;
import java.time.Duration;
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
        assertKeepsItsCarrier(lockOfTrees(), () -> {
            try (Scope scope = container.enter()) {
                assertThat(Containers.current()).isSameAs(container);
            }
        });
    }

    /**
     * Otherwise a thread that gets no carrier could be the next owner of the lock, and keep it from
     * all other threads.
     */
    @Scenario
    static void virtualThreadKeepsItsCarrierWhileItWaitsForALock()
            throws ReflectiveOperationException, InterruptedException {
        Container parent = Containers.at("/one-carrier-lock");
        Container toRemove = parent.create("to-remove");
        Object trees = lockOfTrees();
        assertKeepsItsCarrier(trees, () -> parent.create("created"));
        assertKeepsItsCarrier(trees, toRemove::remove);
        assertKeepsItsCarrier(trees, () -> Containers.hierarchy("one-carrier"));
        assertKeepsItsCarrier(
                Class.forName("io.corral.runtime.usage.Snapshots"),
                () -> Containers.snapshot(Duration.ZERO));
    }

    /** Runs the task on a virtual thread while another thread holds a lock that it needs. */
    private static void assertKeepsItsCarrier(Object lock, Runnable task)
            throws InterruptedException {
        CountDownLatch otherRan = new CountDownLatch(1);
        Thread waiting;
        Thread other;
        synchronized (lock) {
            waiting = ThreadKind.VIRTUAL.start(task);
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
