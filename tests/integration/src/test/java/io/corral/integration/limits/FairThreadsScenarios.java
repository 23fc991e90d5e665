package io.corral.integration.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;
import io.corral.integration.harness.Scenario;
import io.corral.integration.harness.ThreadKind;
import io.corral.integration.support.RunQueueSlots;
import io.corral.integration.support.Waits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** {@code fair} for virtual threads, in a JVM whose rules say {@code limit /tenants/* fair}. */
final class FairThreadsScenarios {

    private static final int LIGHT_THREADS = 100;

    private FairThreadsScenarios() {}

    private static void assertLightThreadsAreNotKeptWaiting(int threads, long stayMicros)
            throws InterruptedException {
        LightThreads alone = LightThreads.run(LIGHT_THREADS);
        LightThreads fair;
        LightThreads bare;
        try (Tenants heavy = new Tenants().add(Tenants.heavy(), threads, stayMicros)) {
            fair = LightThreads.run(LIGHT_THREADS);
            Tenants.fair(false);
            // Threads of the queues leave them first.
            LightThreads.run(LIGHT_THREADS);
            bare = LightThreads.run(LIGHT_THREADS);
        } finally {
            Tenants.fair(true);
        }
        assertThat(fair.ended()).as("with fair").isEqualTo(LIGHT_THREADS);
        assertThat(fair.medianMillis()).isLessThan(Math.max(40, 4 * alone.medianMillis()));
        // 21 finishes them, after seconds.
        assertThat(bare.medianMillis()).as("bare").isGreaterThan(3 * fair.medianMillis());
    }

    @Scenario(since = 21)
    static void lightThreadsAreNotKeptWaitingByACrowd() throws InterruptedException {
        assertLightThreadsAreNotKeptWaiting(10_000, 50);
    }

    @Scenario(since = 21)
    static void lightThreadsAreNotKeptWaitingByLoops() throws InterruptedException {
        assertLightThreadsAreNotKeptWaiting(200, 300_000);
    }

    @Scenario(since = 21)
    static void containersThatCompeteGetTheirShares() throws InterruptedException {
        Container heavy = Tenants.heavy();
        Container light = Tenants.light();
        heavy.limits().weight(300);
        try (Tenants both = new Tenants().add(heavy, 100, 1_000).add(light, 100, 1_000)) {
            TimeUnit.MILLISECONDS.sleep(500);
            long heavyBefore = heavy.usage().cpuNanos();
            long lightBefore = light.usage().cpuNanos();
            TimeUnit.SECONDS.sleep(4);
            double ofHeavy = heavy.usage().cpuNanos() - heavyBefore;
            double ofLight = light.usage().cpuNanos() - lightBefore;
            assertThat(ofHeavy / (ofHeavy + ofLight)).isCloseTo(0.75, within(0.03));
        } finally {
            heavy.limits().weight(100);
        }
    }

    /** As on a server: each thread begins outside, and enters its tenant in the middle of a run. */
    @Scenario(since = 21)
    static void threadTakesItsTurnWhereItEnters() throws Exception {
        AtomicBoolean isOver = new AtomicBoolean();
        List<Thread> flood = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            flood.add(ThreadKind.VIRTUAL.start(() -> {
                while (!isOver.get()) {
                    try (Scope scope = Tenants.heavy().enter()) {
                        Tenants.burn(20_000);
                    }
                    Thread.yield();
                }
            }));
        }
        LightThreads.assertAreKeptWaitingOnlyWithoutLimits(
                () -> LightThreads.runEntering(LIGHT_THREADS), isOver, flood);
    }

    /** On 21 {@code synchronized} pins, and each slot's thread waits for one that is queued. */
    @Scenario(since = 21)
    static void pinnedThreadsThatWaitForAQueuedOneKeepNoSlot() throws InterruptedException {
        int pinned = Runtime.getRuntime().availableProcessors();
        CountDownLatch arePinned = new CountDownLatch(pinned);
        CountDownLatch isReleased = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < pinned; i++) {
            threads.add(Tenants.start(Tenants.heavy(), () -> {
                synchronized (new Object()) {
                    arePinned.countDown();
                    awaitUninterruptibly(isReleased);
                }
            }));
        }
        arePinned.await();
        threads.add(Tenants.start(Tenants.heavy(), isReleased::countDown));
        for (Thread each : threads) {
            each.join(TimeUnit.SECONDS.toMillis(4));
            assertThat(each.isAlive()).isFalse();
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Scenario(since = 21)
    static void containersThatShareLocksGoOn() throws InterruptedException {
        ReentrantLock lock = new ReentrantLock();
        Semaphore semaphore = new Semaphore(1);
        Object monitor = new Object();
        int turnsOfEach = 50;
        CountDownLatch[] latches = new CountDownLatch[100 * turnsOfEach];
        Arrays.setAll(latches, i -> new CountDownLatch(1));
        AtomicInteger turns = new AtomicInteger();
        CountDownLatch ended = new CountDownLatch(200);
        for (int i = 0; i < 200; i++) {
            boolean isHeavy = i % 2 == 0;
            int firstLatch = i / 2 * turnsOfEach;
            Tenants.start(isHeavy ? Tenants.heavy() : Tenants.light(), () -> {
                for (int turn = 0; turn < turnsOfEach; turn++) {
                    CountDownLatch latch = latches[firstLatch + turn];
                    if (isHeavy == (turn % 2 == 0)) {
                        awaitUninterruptibly(latch);
                    } else {
                        latch.countDown();
                    }
                    lock.lock();
                    try {
                        Tenants.burn(20);
                        Thread.yield();
                    } finally {
                        lock.unlock();
                    }
                    semaphore.acquireUninterruptibly();
                    try {
                        LockSupport.parkNanos(1_000);
                    } finally {
                        semaphore.release();
                    }
                    synchronized (monitor) {
                        turns.incrementAndGet();
                    }
                }
                ended.countDown();
            });
        }
        assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(turns).hasValue(200 * turnsOfEach);
    }

    @Scenario(since = 21)
    static void queuedThreadsAreInterruptedJoinedDumpedMovedAndAllEnd() throws Exception {
        Container other = Containers.at("/tenants/other");
        List<Thread> threads = new ArrayList<>();
        AtomicBoolean isOver = new AtomicBoolean();
        AtomicInteger interrupts = new AtomicInteger();
        for (int i = 0; i < 500; i++) {
            threads.add(Tenants.start(Tenants.heavy(), () -> {
                while (!isOver.get()) {
                    Tenants.burn(50);
                    if (Thread.interrupted()) {
                        interrupts.incrementAndGet();
                    }
                    Thread.yield();
                    LockSupport.parkNanos(10_000);
                }
            }));
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
        for (int i = 0; System.nanoTime() < end; i++) {
            Thread one = threads.get(ThreadLocalRandom.current().nextInt(threads.size()));
            one.interrupt();
            one.getStackTrace();
            one.join(1);
            LockSupport.unpark(one);
            (i % 2 == 0 ? other : i % 3 == 0 ? Containers.root() : Tenants.heavy()).attach(one);
            if (i % 10 == 0) {
                Thread.getAllStackTraces();
                Tenants.heavy().limits().weight(1 + i % 300);
            }
            if (i % 50 == 0) {
                Tenants.fair(i % 100 != 0);
            }
        }
        Tenants.fair(true);
        isOver.set(true);
        assertEnd(threads);
        assertThat(interrupts.get()).isPositive();
        Tenants.heavy().limits().weight(100);
    }

    @Scenario(since = 21)
    static void threadsOfAContainerThatIsRemovedEnd() throws InterruptedException {
        assertThreadsEndAfterTheRemovalOf(Containers.at("/tenants/gone"));
    }

    @Scenario(since = 21)
    static void threadsOfAContainerThatCodeMadeFairAndRemovedEnd() throws InterruptedException {
        Container gone = Containers.at("/gone");
        gone.limits().fair(true);
        assertThreadsEndAfterTheRemovalOf(gone);
    }

    private static void assertThreadsEndAfterTheRemovalOf(Container gone)
            throws InterruptedException {
        AtomicBoolean isOver = new AtomicBoolean();
        List<Thread> threads = startEntering(gone, isOver);
        gone.remove();
        // The tick looks for removed containers each second. The threads stay in this queue.
        TimeUnit.MILLISECONDS.sleep(1_200);
        assertThat(gone.limits().stat().waiting()).isPositive();
        isOver.set(true);
        assertEnd(threads);
    }

    /** Starts threads that work in a container, in which some wait for their turn then. */
    private static List<Thread> startEntering(Container container, AtomicBoolean isOver) {
        List<Thread> threads = new ArrayList<>();
        CountDownLatch entered = new CountDownLatch(500);
        for (int i = 0; i < 500; i++) {
            threads.add(ThreadKind.VIRTUAL.start(() -> {
                try (Scope scope = container.enter()) {
                    entered.countDown();
                    while (!isOver.get()) {
                        Tenants.burn(20);
                        Thread.yield();
                    }
                }
            }));
        }
        Waits.await(entered);
        assertThat(container.limits().stat().waiting()).isPositive();
        return threads;
    }

    private static void assertEnd(List<Thread> threads) throws InterruptedException {
        for (Thread each : threads) {
            each.join(TimeUnit.SECONDS.toMillis(20));
            assertThat(each.isAlive()).as(each.toString()).isFalse();
        }
    }

    /** The JDK ignores it. A last test holds that the agent says nothing. */
    @Scenario(since = 21)
    static void exceptionOfAnUncaughtExceptionHandlerIsNotReported() {
        Thread thread = ThreadKind.VIRTUAL.unstarted(() -> {
            throw new IllegalStateException("for the test");
        });
        thread.setUncaughtExceptionHandler((broken, failure) -> {
            throw new IllegalStateException("of the handler, for the test");
        });
        Tenants.heavy().start(thread);
        ThreadKind.join(thread);
        RunQueueSlots.awaitNoneInUse();
    }

    /** Three threads and more on each carrier that only yield. */
    @Scenario(since = 21)
    static void spinningYieldersDoNotStopOthers() throws Exception {
        int yielders = 3 * 16;
        AtomicBoolean isOver = new AtomicBoolean();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < yielders; i++) {
            threads.add(Tenants.start(Tenants.heavy(), () -> {
                while (!isOver.get()) {
                    Thread.yield();
                }
            }));
        }
        LightThreads.assertAreKeptWaitingOnlyWithoutLimits(
                () -> LightThreads.run(LIGHT_THREADS), isOver, threads);
    }

    @Scenario(since = 21)
    static void threadsOfManyContainersAllEnd() throws InterruptedException {
        int containers = 300;
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < containers * 5; i++) {
            threads.add(
                    Tenants.start(Containers.at("/tenants/one-of-many-" + i % containers), () -> {
                        for (int turn = 0; turn < 20; turn++) {
                            Tenants.burn(100);
                            Thread.yield();
                        }
                    }));
        }
        for (Thread each : threads) {
            each.join(TimeUnit.SECONDS.toMillis(60));
            assertThat(each.isAlive()).isFalse();
        }
    }
}
