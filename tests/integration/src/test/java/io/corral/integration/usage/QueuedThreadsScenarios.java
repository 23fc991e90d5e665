package io.corral.integration.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;
import io.corral.Usage;
import io.corral.integration.harness.Scenario;
import io.corral.integration.harness.ThreadKind;
import io.corral.integration.support.CpuLoad;
import java.util.ArrayList;
import java.util.Arrays;
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
    private static final long TIMEOUT_NANOS = 1_000_000;
    private static final long NOTIFIED_MILLIS = 250;

    private QueuedThreadsScenarios() {}

    @Scenario(since = 21)
    static void queuedTimesOfTwoContainersMatchTheirThreadsOwnMeasurements()
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
    static void queuedTimeIsCountedOnceIfTheStarterWorksInTheContainer() {
        Container container = Containers.at("/queued/once");
        AtomicBoolean starts = new AtomicBoolean();
        Thread busy = ThreadKind.VIRTUAL.start(() -> {
            while (!starts.get()) {
                Thread.onSpinWait();
            }
            // Much longer than a time slice, by which the reckoning may be off.
            for (int i = 0; i < 4_000; i++) {
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
            CpuLoad.work();
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
    static void sleepIsNotQueuedTime() {
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

    /** What the JDK's timer adds, some 50 us, is no wait for a carrier. */
    @Scenario(since = 21)
    static void sleeperOnAnIdleCarrierDoesNotWaitForTheTimer() {
        Container container = Containers.at("/queued/idle");
        double[] shares = new double[WAKES];
        Thread thread = ThreadKind.VIRTUAL.unstarted(() -> {
            long queued = container.usage().queuedNanos();
            for (int i = 0; i < WAKES; i++) {
                long due = System.nanoTime() + TIMEOUT_NANOS;
                LockSupport.parkNanos(TIMEOUT_NANOS);
                long late = System.nanoTime() - due;
                long last = queued;
                queued = container.usage().queuedNanos();
                shares[i] = (double) (queued - last) / late;
            }
        });
        container.start(thread);
        ThreadKind.join(thread);
        Arrays.sort(shares);
        assertThat(shares[WAKES / 2]).isBetween(0.0, 0.75);
    }

    /** On JDK 25 the end of a timeout is a task of the scheduler, which waits for the carrier. */
    @Scenario(since = 25)
    static void queuedTimeBeginsAtTheEndOfASleep() {
        assertIsReadyAfterItsTimeout("sleep", () -> LockSupport.parkNanos(TIMEOUT_NANOS));
    }

    @Scenario(since = 25)
    static void queuedTimeBeginsAtTheEndOfATimedWait() {
        Object monitor = new Object();
        assertIsReadyAfterItsTimeout("wait", () -> {
            synchronized (monitor) {
                try {
                    monitor.wait(1);
                } catch (InterruptedException unexpected) {
                    throw new IllegalStateException(unexpected);
                }
            }
        });
    }

    /** A second thread has the carrier from the pause's begin until long after its end. */
    private static void assertIsReadyAfterItsTimeout(String name, Runnable pause) {
        Container container = Containers.at("/queued/" + name);
        AtomicBoolean pauses = new AtomicBoolean();
        Thread sleeper = ThreadKind.VIRTUAL.unstarted(() -> {
            while (!pauses.get()) {
                Thread.onSpinWait();
            }
            pause.run();
        });
        AtomicLong held = new AtomicLong();
        container.start(sleeper);
        Thread busy = ThreadKind.VIRTUAL.start(() -> held.set(spin(200 * TIMEOUT_NANOS)));
        pauses.set(true);
        ThreadKind.join(sleeper);
        ThreadKind.join(busy);
        assertThat(container.usage().queuedNanos()).isBetween(held.get() / 2, 2 * held.get());
    }

    @Scenario(since = 25)
    static void timeoutOfANotifiedThreadIsNotQueuedTime() {
        Container container = Containers.at("/queued/notified");
        Object monitor = new Object();
        long[] awake = new long[1];
        Thread waits = ThreadKind.VIRTUAL.unstarted(() -> {
            synchronized (monitor) {
                try {
                    monitor.wait(NOTIFIED_MILLIS);
                } catch (InterruptedException unexpected) {
                    throw new IllegalStateException(unexpected);
                }
                awake[0] = System.nanoTime();
            }
        });
        container.start(waits);
        while (waits.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        long before = container.usage().queuedNanos();
        long released;
        synchronized (monitor) {
            monitor.notifyAll();
            spin(2 * NOTIFIED_MILLIS * 1_000_000);
            released = System.nanoTime();
        }
        ThreadKind.join(waits);
        assertThat(container.usage().queuedNanos() - before).isBetween(1L, awake[0] - released);
    }

    /** @return the nanoseconds that it took */
    private static long spin(long nanos) {
        long began = System.nanoTime();
        while (System.nanoTime() - began < nanos) {
            Thread.onSpinWait();
        }
        return System.nanoTime() - began;
    }

    /** The starved thread gets no carrier for a fifth of a second. */
    @Scenario(since = 21)
    static void waitOfAStarvedThreadIsInTheReadingUpToItsMoment() {
        Container container = Containers.at("/queued/starved");
        long[] times = new long[3];
        Thread starved = ThreadKind.VIRTUAL.unstarted(() -> times[2] = System.nanoTime());
        long[] last = new long[1];
        whileTheCarrierIsBusy(() -> {
            times[0] = System.nanoTime();
            container.start(starved);
            times[1] = System.nanoTime();
            for (int i = 1; i <= 10; i++) {
                spin(READING_MILLIS * 1_000_000);
                long before = System.nanoTime() - times[1];
                Usage usage = container.usage();
                long after = System.nanoTime() - times[0];
                assertThat(usage.waits()).isZero();
                assertThat(usage.waiting()).isEqualTo(1);
                assertThat(usage.queuedNanos()).isBetween(before / 100 * 95, after);
                assertThat(usage.queuedNanos()).isGreaterThan(last[0]);
                last[0] = usage.queuedNanos();
            }
        });
        ThreadKind.join(starved);
        Usage end = container.usage();
        assertThat(end.waits()).isEqualTo(1);
        assertThat(end.waiting()).isZero();
        assertThat(end.queuedNanos()).isBetween(last[0], times[2] - times[0]);
    }

    /** Runs a task while a thread keeps the carrier. */
    private static void whileTheCarrierIsBusy(Runnable task) {
        AtomicBoolean runs = new AtomicBoolean();
        AtomicBoolean releases = new AtomicBoolean();
        Thread busy = ThreadKind.VIRTUAL.start(() -> {
            runs.set(true);
            while (!releases.get()) {
                Thread.onSpinWait();
            }
        });
        try {
            while (!runs.get()) {
                Thread.onSpinWait();
            }
            task.run();
        } finally {
            releases.set(true);
            ThreadKind.join(busy);
        }
    }

    @Scenario(since = 21)
    static void waitThatBeganBeforeAnAttachStaysInItsContainer() {
        Container from = Containers.at("/queued/from");
        Container to = Containers.at("/queued/to");
        Thread starved = ThreadKind.VIRTUAL.unstarted(() -> {});
        long[] last = new long[1];
        whileTheCarrierIsBusy(() -> {
            from.start(starved);
            spin(READING_MILLIS * 1_000_000);
            to.attach(starved);
            Usage usage = from.usage();
            assertThat(usage.waiting()).isEqualTo(1);
            last[0] = usage.queuedNanos();
            assertThat(last[0]).isGreaterThan(READING_MILLIS * 950_000);
        });
        ThreadKind.join(starved);
        assertThat(from.usage().queuedNanos()).isGreaterThanOrEqualTo(last[0]);
        assertThat(from.usage().waits()).isEqualTo(1);
        assertThat(from.usage().waiting()).isZero();
        assertThat(to.usage().waiting()).isZero();
        assertThat(to.usage().waits()).isZero();
    }

    /** The JDK submits the thread again. */
    @Scenario(since = 21)
    static void stackTraceOfAWaitingThreadDoesNotEndItsWait() {
        Container container = Containers.at("/queued/traced");
        long[] times = new long[2];
        Thread starved = ThreadKind.VIRTUAL.unstarted(() -> times[1] = System.nanoTime());
        whileTheCarrierIsBusy(() -> {
            container.start(starved);
            times[0] = System.nanoTime();
            for (int i = 0; i < 5; i++) {
                spin(READING_MILLIS * 1_000_000);
                starved.getStackTrace();
            }
            assertThat(container.usage().waiting()).isEqualTo(1);
        });
        ThreadKind.join(starved);
        assertThat(container.usage().waits()).isEqualTo(1);
        assertThat(container.usage().waiting()).isZero();
        assertThat(container.usage().queuedNanos()).isGreaterThan((times[1] - times[0]) / 100 * 95);
    }

    @Scenario(since = 21)
    static void waitWithinARemovedContainerStaysInItsParent() {
        Container parent = Containers.at("/queued/above");
        Container child = parent.create("child");
        AtomicBoolean entered = new AtomicBoolean();
        AtomicBoolean yields = new AtomicBoolean();
        Thread yielder = ThreadKind.VIRTUAL.start(() -> {
            try (Scope scope = child.enter()) {
                entered.set(true);
                while (!yields.get()) {
                    Thread.onSpinWait();
                }
                Thread.yield();
            }
        });
        while (!entered.get()) {
            Thread.onSpinWait();
        }
        AtomicBoolean releases = new AtomicBoolean();
        Thread busy = ThreadKind.VIRTUAL.start(() -> {
            while (!releases.get()) {
                Thread.onSpinWait();
            }
        });
        long last;
        try {
            yields.set(true);
            while (parent.usage().waiting() == 0) {
                Thread.onSpinWait();
            }
            child.remove();
            spin(READING_MILLIS * 1_000_000);
            last = parent.usage().queuedNanos();
        } finally {
            releases.set(true);
        }
        ThreadKind.join(busy);
        ThreadKind.join(yielder);
        assertThat(last).isGreaterThan(READING_MILLIS * 950_000);
        assertThat(parent.usage().waiting()).isZero();
        assertThat(parent.usage().waits()).isEqualTo(1);
        assertThat(parent.usage().queuedNanos()).isGreaterThanOrEqualTo(last);
    }

    /** A sleeper has a high share of queued time, and waits shortly each time. */
    @Scenario(since = 21)
    static void waitsOfASleeperAreCountedAndShort() {
        Container container = Containers.at("/queued/sleeps");
        double[] waits = new double[WAKES];
        Thread thread = ThreadKind.VIRTUAL.unstarted(() -> {
            Usage last = container.usage();
            for (int i = 0; i < WAKES; i++) {
                LockSupport.parkNanos(TIMEOUT_NANOS);
                Usage now = container.usage();
                assertThat(now.waits() - last.waits()).isEqualTo(1);
                waits[i] = now.queuedNanos() - last.queuedNanos();
                last = now;
            }
        });
        container.start(thread);
        ThreadKind.join(thread);
        assertThat(container.usage().waits()).isEqualTo(WAKES + 1);
        Arrays.sort(waits);
        assertThat(waits[WAKES / 2]).isLessThan(1_000_000);
    }

    @Scenario(since = 21)
    static void parentKeepsTheQueuedTimeOfARemovedContainer() {
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
