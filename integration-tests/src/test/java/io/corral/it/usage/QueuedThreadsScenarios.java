package io.corral.it.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;
import io.corral.it.harness.Scenario;
import io.corral.it.harness.ThreadKind;
import io.corral.it.support.Burn;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Virtual threads that wait for a carrier. There is one. */
final class QueuedThreadsScenarios {

    private static final int YIELDS = 1_000;
    private static final int WAKES = 101;
    private static final long READING_MILLIS = 20;

    private QueuedThreadsScenarios() {}

    @Scenario(since = 21)
    static void waitsOfTwoContainersOnABusyCarrierAreTheirThreadsOwnReckoning()
            throws InterruptedException {
        Container few = Containers.at("/queued/few");
        Container many = Containers.at("/queued/many");
        AtomicLong waitsOfFew = new AtomicLong();
        AtomicLong waitsOfMany = new AtomicLong();
        List<Thread> threads = new ArrayList<>();
        // Keeps the carrier until all threads are ready.
        AtomicBoolean allAreReady = new AtomicBoolean();
        threads.add(ThreadKind.VIRTUAL.start(() -> {
            while (!allAreReady.get()) {
                Thread.onSpinWait();
            }
        }));
        startYielder(few, waitsOfFew, threads);
        for (int i = 0; i < 10; i++) {
            startYielder(many, waitsOfMany, threads);
        }
        allAreReady.set(true);
        long last = 0;
        for (Thread each : threads) {
            while (each.isAlive()) {
                each.join(READING_MILLIS);
                long queued = many.usage().queuedNanos();
                assertThat(queued).isGreaterThanOrEqualTo(last);
                last = queued;
            }
        }
        assertIsMostOf(few.usage().queuedNanos(), waitsOfFew.get());
        assertIsMostOf(many.usage().queuedNanos(), waitsOfMany.get());
        assertThat(waitsOfMany.get()).isGreaterThan(waitsOfFew.get());
    }

    /** Its start hands a task over to the scheduler, as any task of a pool is. */
    @Scenario(since = 21)
    static void waitOfAThreadIsCountedOnceIfItsStarterWorksInTheContainer() {
        Container container = Containers.at("/queued/once");
        AtomicBoolean starts = new AtomicBoolean();
        Thread busy = ThreadKind.VIRTUAL.start(() -> {
            while (!starts.get()) {
                Thread.onSpinWait();
            }
            for (int i = 0; i < 1_000; i++) {
                work();
            }
        });
        long[] times = new long[2];
        Thread waits;
        try (Scope scope = container.enter()) {
            times[0] = System.nanoTime();
            waits = ThreadKind.VIRTUAL.start(() -> times[1] = System.nanoTime());
        }
        starts.set(true);
        ThreadKind.join(waits);
        ThreadKind.join(busy);
        assertIsMostOf(container.usage().queuedNanos(), times[1] - times[0]);
    }

    private static void startYielder(Container in, AtomicLong waits, List<Thread> threads) {
        long[] began = new long[1];
        Thread thread = ThreadKind.VIRTUAL.unstarted(() -> {
            long waited = System.nanoTime() - began[0];
            for (int i = 0; i < YIELDS; i++) {
                work();
                long yields = System.nanoTime();
                Thread.yield();
                waited += System.nanoTime() - yields;
            }
            waits.addAndGet(waited);
        });
        threads.add(thread);
        began[0] = System.nanoTime();
        in.start(thread);
    }

    private static void work() {
        for (int i = 0; i < 5; i++) {
            Burn.work();
        }
    }

    /** The reckoning of the threads has the JDK's own work around each wait, too. */
    private static void assertIsMostOf(long queued, long waits) {
        assertThat(queued).isBetween(waits / 100 * 95, waits);
    }

    @Scenario(since = 21)
    static void eachWakeOfAnIdleThreadIsCounted() throws InterruptedException {
        Container container = Containers.at("/queued/woken");
        Semaphore awake = new Semaphore(0);
        Thread thread = ThreadKind.VIRTUAL.unstarted(() -> {
            for (int i = 0; i < WAKES; i++) {
                LockSupport.park();
                awake.release();
            }
        });
        container.start(thread);
        long last = 0;
        for (int i = 0; i < WAKES; i++) {
            while (thread.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            last = container.usage().queuedNanos();
            long unparks = System.nanoTime();
            LockSupport.unpark(thread);
            awake.acquire();
            long wake = System.nanoTime() - unparks;
            assertThat(container.usage().queuedNanos() - last).isBetween(1L, wake);
        }
        ThreadKind.join(thread);
    }

    @Scenario(since = 21)
    static void sleepIsNoWait() {
        Container container = Containers.at("/queued/sleeper");
        AtomicLong slept = new AtomicLong();
        Thread thread = ThreadKind.VIRTUAL.unstarted(() -> {
            long begins = System.nanoTime();
            LockSupport.parkNanos(2_000_000_000);
            slept.set(System.nanoTime() - begins);
        });
        container.start(thread);
        ThreadKind.join(thread);
        assertThat(container.usage().queuedNanos()).isBetween(1L, slept.get() / 2);
    }

    @Scenario(since = 21)
    static void removedContainerKeepsItsWaitsInItsParent() {
        Container parent = Containers.at("/queued/parent");
        Container child = parent.create("child");
        Thread thread = ThreadKind.VIRTUAL.unstarted(Thread::yield);
        child.start(thread);
        ThreadKind.join(thread);
        long queued = child.usage().queuedNanos();
        child.remove();
        assertThat(queued).isPositive();
        assertThat(child.usage().queuedNanos()).isEqualTo(queued);
        assertThat(parent.usage().queuedNanos()).isEqualTo(queued);
    }
}
