package io.corral.integration.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;
import io.corral.integration.harness.Scenario;
import io.corral.integration.harness.ThreadKind;
import io.corral.integration.support.Pinned;
import io.corral.integration.support.RunQueueSlots;
import io.corral.integration.support.Waits;
import io.corral.runtime.runqueue.Carriers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** Threads that starve others on a bare JDK, or did in an earlier version of it. */
final class FairStarvationScenarios {

    /** A flag for the forked JVM: how often what may hang is repeated. */
    static final String REPEATED = "-Dcorral.fair.repeated=";

    private static final int TIMES = Integer.getInteger("corral.fair.repeated");

    private static final int CPUS = Runtime.getRuntime().availableProcessors();

    private static final int LIGHT_THREADS = 50;

    /** At least one for each carrier. */
    private static final int YIELDERS = Math.max(16, 4 * CPUS);

    private FairStarvationScenarios() {}

    /**
     * As in the JDK's test {@code Starvation}: pinned threads wait for a monitor, on each carrier
     * but one, and its owner waits for their start.
     */
    private static void pinnedThreadsWaitForAMonitor(Container container) {
        List<Thread> threads = new ArrayList<>();
        Object monitor = new Object();
        synchronized (monitor) {
            for (int i = 0; i < CPUS - 1; i++) {
                CountDownLatch started = new CountDownLatch(1);
                threads.add(Tenants.start(container, () -> {
                    started.countDown();
                    Pinned.run(() -> {
                        synchronized (monitor) {
                            Tenants.burn(1);
                        }
                    });
                }));
                Waits.await(started);
            }
        }
        threads.forEach(ThreadKind::join);
    }

    @Scenario(since = 21)
    static void pinnedThreadsThatWaitForAMonitorEnd() {
        try (Tenants busy = new Tenants().add(Tenants.light(), 4, 1_000)) {
            for (int i = 0; i < TIMES; i++) {
                ThreadKind.join(Tenants.start(
                        Tenants.heavy(), () -> pinnedThreadsWaitForAMonitor(Tenants.heavy())));
            }
        }
        RunQueueSlots.awaitNoneInUse();
    }

    /** Takes all slots of the heavy tenant but one, so that the others run one after the other. */
    private static Thread[] takeSlots(AtomicBoolean isOver) throws InterruptedException {
        Thread[] threads = new Thread[CPUS - 1];
        CountDownLatch run = new CountDownLatch(threads.length);
        for (int i = 0; i < threads.length; i++) {
            threads[i] = Tenants.start(Tenants.heavy(), () -> {
                run.countDown();
                while (!isOver.get()) {
                    Tenants.burn(10);
                }
            });
        }
        Waits.await(run);
        // A slot that was lent in an earlier scenario is taken back.
        TimeUnit.MILLISECONDS.sleep(300);
        return threads;
    }

    private static void join(Thread... threads) {
        for (Thread each : threads) {
            ThreadKind.join(each);
        }
    }

    /**
     * As threads that poll a broker: on JDK 21 a thread keeps its carrier in {@code select()}, and
     * is runnable for the JVM. There is no row without {@code fair}: its slots could keep the
     * worker waiting, and no thread here uses the CPUs.
     */
    private static void assertOthersGoOnBeside(List<Container> selecting, Container working)
            throws IOException {
        Tenants.fair(true);
        List<Selector> selectors = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (Container each : selecting) {
            Selector selector = Selector.open();
            selectors.add(selector);
            threads.add(Tenants.start(each, () -> select(selector)));
        }
        Thread worker = Tenants.start(working, () -> {
            for (int i = 0; i < 100; i++) {
                LockSupport.parkNanos(1_000_000);
            }
        });
        ThreadKind.join(worker);
        for (Selector each : selectors) {
            each.wakeup();
        }
        threads.forEach(ThreadKind::join);
        for (Selector each : selectors) {
            each.close();
        }
        RunQueueSlots.awaitNoneInUse();
    }

    private static void select(Selector selector) {
        try {
            selector.select();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Scenario(since = 21)
    static void threadsThatWaitInNativeCodeDoNotStopThoseBesideThem() throws IOException {
        Container unlimited = Containers.at("/unlimited");
        assertOthersGoOnBeside(Collections.nCopies(10, unlimited), unlimited);
        assertOthersGoOnBeside(Collections.nCopies(10, Tenants.heavy()), Tenants.heavy());
    }

    @Scenario(since = 21)
    static void threadsOfManyContainersThatWaitInNativeCodeDoNotStopAnother() throws IOException {
        List<Container> many = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Container each = Containers.at("/selecting/" + i);
            each.limits().fair(true);
            many.add(each);
        }
        assertOthersGoOnBeside(many, Tenants.light());
        many.forEach(each -> each.limits().reset());
    }

    /**
     * The scheduler wakes a carrier for the first of many threads that come, and that one wakes the
     * next. On JDK 21 such a wake-up is lost at times.
     */
    @Scenario(since = 21)
    static void threadsThatComeAllAtOnceEnterABusyContainer() {
        for (int i = 0; i < 60; i++) {
            AtomicBoolean isOver = new AtomicBoolean();
            CountDownLatch entered = new CountDownLatch(500);
            List<Thread> threads = new ArrayList<>();
            long begun = System.nanoTime();
            for (int j = 0; j < 500; j++) {
                threads.add(ThreadKind.VIRTUAL.start(() -> {
                    try (Scope scope = Tenants.heavy().enter()) {
                        entered.countDown();
                        while (!isOver.get()) {
                            Tenants.burn(20);
                            Thread.yield();
                        }
                    }
                }));
            }
            try {
                Waits.await(entered);
                // Before the watchdog would have them run without a queue.
                assertThat(System.nanoTime() - begun).isLessThan(TimeUnit.SECONDS.toNanos(4));
            } finally {
                isOver.set(true);
                threads.forEach(ThreadKind::join);
            }
        }
        RunQueueSlots.awaitNoneInUse();
    }

    /**
     * Until there are as many containers as carriers, each has slots for all CPUs. Then it has one,
     * and no container gets a second carrier before each has got its first one.
     */
    @Scenario(since = 21)
    static void eachOfManyContainersThatStartTogetherRunsBeforeOneRunsAgain() {
        long stayMicros = 50_000;
        // The first thread gives the scheduler its carriers.
        ThreadKind.join(Tenants.start(Tenants.heavy(), () -> {}));
        try (Tenants tenants = new Tenants()) {
            List<Container> containers = new ArrayList<>();
            for (int i = 0; i < Carriers.all(); i++) {
                Container container = Containers.at("/tenants/together-" + i);
                containers.add(container);
                tenants.add(container, 10, stayMicros);
            }
            Waits.sleepUntil(
                    () -> containers.stream().allMatch(each -> each.usage().cpuNanos() > 0));
            long runs = containers.stream()
                            .mapToLong(each -> each.usage().cpuNanos())
                            .sum()
                    / TimeUnit.MICROSECONDS.toNanos(stayMicros);
            assertThat(runs).isLessThan(containers.size() * 3L / 2);
        }
        RunQueueSlots.awaitNoneInUse();
    }

    /** As in the JDK's test {@code YieldQueuing}, whose pool has one carrier. */
    @Scenario(since = 21)
    static void threadThatYieldsLetsTheNextOneRun() throws InterruptedException {
        AtomicBoolean isOver = new AtomicBoolean();
        AtomicBoolean areStarted = new AtomicBoolean();
        Thread[] others = takeSlots(isOver);
        List<String> order = new CopyOnWriteArrayList<>();
        Thread first = Tenants.start(Tenants.heavy(), () -> {
            awaitSpinning(areStarted);
            order.add("first");
            Thread.yield();
            order.add("first");
        });
        Thread second = Tenants.start(Tenants.heavy(), () -> order.add("second"));
        areStarted.set(true);
        join(first, second);
        isOver.set(true);
        join(others);
        assertThat(order).containsExactly("first", "second", "first");
        RunQueueSlots.awaitNoneInUse();
    }

    /** The JDK's pool runs the local queue first here. A run queue is in order. */
    @Scenario(since = 21)
    static void threadsRunInTheOrderInWhichTheyBecomeReady() throws InterruptedException {
        AtomicBoolean isOver = new AtomicBoolean();
        AtomicBoolean areStarted = new AtomicBoolean();
        Thread[] others = takeSlots(isOver);
        List<String> order = new CopyOnWriteArrayList<>();
        Thread first = Tenants.start(Tenants.heavy(), () -> {
            awaitSpinning(areStarted);
            order.add("first");
            LockSupport.park();
            order.add("first");
        });
        Thread second = Tenants.start(Tenants.heavy(), () -> {
            order.add("second");
            LockSupport.unpark(first);
            Thread.yield();
            order.add("second");
        });
        Thread third = Tenants.start(Tenants.heavy(), () -> order.add("third"));
        areStarted.set(true);
        join(first, second, third);
        isOver.set(true);
        join(others);
        assertThat(order).containsExactly("first", "second", "third", "first", "second");
        RunQueueSlots.awaitNoneInUse();
    }

    private static void awaitSpinning(AtomicBoolean condition) {
        while (!condition.get()) {
            Thread.onSpinWait();
        }
    }

    /** All of them at once, and a spinning yielder for each carrier. */
    @Scenario(since = 21)
    static void threadsOfOneContainerThatStarveEachOtherDoNotStopAnother() throws Exception {
        AtomicBoolean isOver = new AtomicBoolean();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < YIELDERS; i++) {
            threads.add(startRepeatedly(isOver, Thread::yield));
        }
        for (int i = 0; i < 3; i++) {
            threads.add(
                    startRepeatedly(isOver, () -> pinnedThreadsWaitForAMonitor(Tenants.heavy())));
            threads.add(startRepeatedly(isOver, FairStarvationScenarios::handOver));
        }
        LightThreads.assertAreKeptWaitingOnlyWithoutLimits(
                () -> LightThreads.run(LIGHT_THREADS), isOver, threads);
        RunQueueSlots.awaitNoneInUse();
    }

    private static Thread startRepeatedly(AtomicBoolean isOver, Runnable task) {
        return Tenants.start(Tenants.heavy(), () -> {
            while (!isOver.get()) {
                task.run();
            }
        });
    }

    /** Two threads wake each other in turn. */
    private static void handOver() {
        Thread one = Thread.currentThread();
        AtomicBoolean isDone = new AtomicBoolean();
        Thread other = Tenants.start(Tenants.heavy(), () -> {
            isDone.set(true);
            LockSupport.unpark(one);
            Thread.yield();
        });
        while (!isDone.get()) {
            LockSupport.park();
        }
        ThreadKind.join(other);
    }

    /** As in LTP's test {@code cfs_bandwidth01}. */
    @Scenario(since = 21)
    static void threadsThatSpinAndSleepEndAfterWeightsHaveChangedUnderLoad()
            throws InterruptedException {
        long[] sleepsMillis = {300, 100, 10};
        CountDownLatch end = new CountDownLatch(1);
        List<Container> containers = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Container container = Containers.at("/tenants/worker-" + i);
            containers.add(container);
            for (long millis : sleepsMillis) {
                threads.add(Tenants.start(container, () -> spinAndSleep(end, millis)));
            }
        }
        for (int i = 0; i < 20; i++) {
            TimeUnit.MILLISECONDS.sleep(50);
            containers
                    .get(i % 3)
                    .limits()
                    .weight(1 + ThreadLocalRandom.current().nextInt(1_000));
        }
        containers.forEach(each -> each.limits().fair(false));
        end.countDown();
        for (Thread each : threads) {
            each.join(TimeUnit.SECONDS.toMillis(20));
            assertThat(each.isAlive()).as(each.toString()).isFalse();
        }
        containers.forEach(each -> each.limits().reset());
        RunQueueSlots.awaitNoneInUse();
    }

    private static void spinAndSleep(CountDownLatch end, long millis) {
        try {
            do {
                Tenants.burn(20_000);
            } while (!end.await(millis, TimeUnit.MILLISECONDS));
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
