package io.corral.integration.callbacks;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Subsystem;
import io.corral.integration.harness.Scenario;
import io.corral.integration.harness.ThreadKind;
import io.corral.integration.support.CpuLoad;
import io.corral.integration.support.ThreadCounts;
import io.corral.integration.support.Waits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** An exit callback of a virtual thread may lock, park and yield: it runs on that thread. */
final class ExitCallbacksScenarios {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MANY = 2_000;

    private ExitCallbacksScenarios() {}

    /** Calls {@code action} with each thread of one container that ends. */
    private record OnExit(Container of, Consumer<Thread> action) implements Subsystem {
        @Override
        public void exit(Thread thread, Container container) {
            if (container == of) {
                action.accept(thread);
            }
        }
    }

    @Scenario
    static void callbackTakesALockWhoseHolderWaitsForTheCarrier() throws Exception {
        Container a = Containers.at("/exit-callbacks/lock");
        ReentrantLock lock = new ReentrantLock();
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger exits = new AtomicInteger();
        Containers.register(new OnExit(a, thread -> {
            lock.lock();
            try {
                exits.incrementAndGet();
            } finally {
                lock.unlock();
            }
        }));
        Thread holder = ThreadKind.VIRTUAL.start(() -> {
            lock.lock();
            try {
                held.countDown();
                Waits.await(release);
            } finally {
                lock.unlock();
            }
        });
        Waits.await(held);
        List<Thread> ending = startIn(a, 3, () -> {});
        // Runs on the same carrier: when it runs, the callback already waits for the lock.
        startIn(Containers.root(), 1, release::countDown);
        awaitEnd(ending);
        awaitEnd(List.of(holder));
        assertThat(exits).hasValue(3);
        assertThat(ThreadCounts.of(a)).isEqualTo(new ThreadCounts(0, 3, 3));
    }

    /** On JDK 25 a virtual thread that waits for a monitor leaves its carrier; on 21 it stays. */
    @Scenario
    static void callbackTakesAMonitorThatVirtualThreadsContendFor() throws Exception {
        Container a = Containers.at("/exit-callbacks/monitor");
        Object monitor = new Object();
        AtomicInteger exits = new AtomicInteger();
        Containers.register(new OnExit(a, thread -> {
            synchronized (monitor) {
                exits.incrementAndGet();
            }
        }));
        Thread contender = ThreadKind.PLATFORM.start(() -> {
            while (exits.get() < MANY) {
                synchronized (monitor) {
                    Thread.onSpinWait();
                }
            }
        });
        awaitEnd(startIn(a, MANY, () -> {
            synchronized (monitor) {
                Thread.onSpinWait();
            }
        }));
        awaitEnd(List.of(contender));
        assertThat(exits).hasValue(MANY);
    }

    @Scenario
    static void callbackReadsTheSameStateAsOtherThreads() throws Exception {
        Container a = Containers.at("/exit-callbacks/state");
        AtomicInteger exits = new AtomicInteger();
        Subsystem subsystem = new Subsystem() {
            @Override
            public Object containerCreated(Container container) {
                return new AtomicInteger();
            }

            @Override
            public void exit(Thread thread, Container container) {
                if (container == a && container.state(this) instanceof AtomicInteger ended) {
                    ended.incrementAndGet();
                    exits.incrementAndGet();
                }
            }
        };
        Containers.register(subsystem);
        Thread contender = ThreadKind.PLATFORM.start(() -> {
            while (exits.get() < MANY) {
                a.state(subsystem);
            }
        });
        awaitEnd(startIn(a, MANY, () -> {
            for (int i = 0; i < 100; i++) {
                a.state(subsystem);
            }
        }));
        awaitEnd(List.of(contender));
        assertThat(a.state(subsystem)).hasToString(Integer.toString(MANY));
    }

    @Scenario
    static void callbackAttachesAThread() throws Exception {
        Container a = Containers.at("/exit-callbacks/attach");
        Container from = Containers.at("/exit-callbacks/from");
        Container to = Containers.at("/exit-callbacks/to");
        CountDownLatch over = new CountDownLatch(1);
        List<Thread> moved = startIn(from, 100, () -> Waits.await(over));
        AtomicInteger next = new AtomicInteger();
        Containers.register(new OnExit(a, thread -> to.attach(moved.get(next.getAndIncrement()))));
        awaitEnd(startIn(a, 100, () -> {}));
        assertThat(ThreadCounts.of(to).members()).isEqualTo(100);
        over.countDown();
        awaitEnd(moved);
    }

    /**
     * While the callback is parked, its carrier runs another thread. Mounting it again does not
     * count it in again.
     */
    @Scenario
    static void callbackThatParksRunsOnTheThreadThatHasEndedAndIsNotCountedAgain()
            throws Exception {
        Container a = Containers.at("/exit-callbacks/park");
        long inRoot = Containers.root().ownUsage().virtualThreads();
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch parks = new CountDownLatch(1);
        Map<String, Object> seen = new ConcurrentHashMap<>();
        Containers.register(new OnExit(a, thread -> {
            seen.put("on", Thread.currentThread());
            parks.countDown();
            Waits.await(release);
            seen.put("of", Containers.of(thread));
            seen.put("current", Containers.current());
            seen.put("counts", ThreadCounts.of(a));
            seen.put("inRoot", Containers.root().ownUsage().virtualThreads());
        }));
        List<Thread> ending = startIn(a, 1, () -> {});
        Waits.await(parks);
        awaitEnd(startIn(Containers.root(), 1, () -> {}));
        assertThat(ending.get(0).isAlive()).isTrue();
        release.countDown();
        awaitEnd(ending);
        assertThat(seen)
                .containsEntry("on", ending.get(0))
                .containsEntry("of", Containers.root())
                .containsEntry("current", Containers.root())
                .containsEntry("counts", new ThreadCounts(0, 1, 1))
                .containsEntry("inRoot", inRoot);
        assertThat(ThreadCounts.of(a)).isEqualTo(new ThreadCounts(0, 1, 1));
    }

    @Scenario
    static void callbacksThatParkAndYieldLetAllThreadsEnd() throws Exception {
        Container a = Containers.at("/exit-callbacks/many");
        AtomicInteger exits = new AtomicInteger();
        Containers.register(new OnExit(a, thread -> {
            Thread.yield();
            LockSupport.parkNanos(1);
            exits.incrementAndGet();
        }));
        awaitEnd(startIn(a, 10 * MANY, () -> {}));
        assertThat(exits).hasValue(10 * MANY);
        assertThat(ThreadCounts.of(a)).isEqualTo(new ThreadCounts(0, 10 * MANY, 10 * MANY));
    }

    /**
     * A thread that throws ends through a different call of {@code popAll} than one that returns.
     */
    @Scenario
    static void callbackOfAThreadThatThrewRunsOnThatThread() throws Exception {
        Container a = Containers.at("/exit-callbacks/thrown");
        Map<Thread, Thread> ranOn = new ConcurrentHashMap<>();
        Containers.register(new OnExit(a, thread -> {
            Thread.yield();
            ranOn.put(thread, Thread.currentThread());
        }));
        Thread.UncaughtExceptionHandler silent = (thread, failure) -> {};
        Thread child = ThreadKind.VIRTUAL.unstarted(() -> {
            throw new IllegalStateException("for the test");
        });
        child.setUncaughtExceptionHandler(silent);
        a.start(child);
        Thread broken = ThreadKind.VIRTUAL.unstarted(() -> {
            throw new IllegalStateException("for the test");
        });
        broken.setUncaughtExceptionHandler((thread, failure) -> {
            throw new IllegalStateException("the handler's");
        });
        a.start(broken);
        awaitEnd(List.of(child, broken));
        assertThat(ranOn).containsEntry(child, child).containsEntry(broken, broken);
        assertThat(ThreadCounts.of(a)).isEqualTo(new ThreadCounts(0, 2, 2));
    }

    /** Burns before and after a remount, and in a scope of the callback. */
    @Scenario
    static void callbacksWorkIsChargedToTheThreadsLastHome() throws Exception {
        Container a = Containers.at("/exit-callbacks/charged");
        Container entered = Containers.at("/exit-callbacks/entered");
        long rootBefore = Containers.root().ownUsage().cpuNanos();
        Containers.register(new OnExit(a, thread -> {
            CpuLoad.millis(100);
            Thread.yield();
            CpuLoad.millis(100);
            entered.run(() -> CpuLoad.millis(100));
        }));
        awaitEnd(startIn(a, 1, () -> {}));
        assertThat(a.usage().cpuNanos()).isGreaterThanOrEqualTo(300_000_000);
        assertThat(entered.usage().cpuNanos()).isZero();
        assertThat(Containers.root().ownUsage().cpuNanos() - rootBefore).isLessThan(100_000_000);
    }

    @Scenario
    static void callbackThatParksLetsItsContainerBeRemovedMeanwhile() throws Exception {
        Container parent = Containers.at("/exit-callbacks/removed");
        Container a = parent.create("child");
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch parks = new CountDownLatch(1);
        Containers.register(new OnExit(a, thread -> {
            parks.countDown();
            Waits.await(release);
            CpuLoad.millis(100);
        }));
        List<Thread> ending = startIn(a, 1, () -> {});
        Waits.await(parks);
        a.remove();
        long before = parent.usage().cpuNanos();
        release.countDown();
        awaitEnd(ending);
        assertThat(parent.usage().cpuNanos() - before).isGreaterThanOrEqualTo(100_000_000);
    }

    private static List<Thread> startIn(Container container, int count, Runnable task) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Thread thread = ThreadKind.VIRTUAL.unstarted(task);
            container.start(thread);
            threads.add(thread);
        }
        return threads;
    }

    private static void awaitEnd(List<Thread> threads) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (Thread thread : threads) {
            thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
            assertThat(thread.isAlive()).as("alive after " + PATIENCE).isFalse();
        }
    }
}
