package io.corral.integration.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;
import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Scenario;
import io.corral.integration.support.RunQueueSlots;
import io.corral.integration.support.Waits;
import io.corral.runtime.runqueue.Carriers;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import javax.management.Attribute;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import jdk.jfr.Recording;

/** Threads of fair containers that the application, or who watches it, disturbs. */
final class FairDisturbedScenarios {

    private static final int THREADS = 100;

    private FairDisturbedScenarios() {}

    /** Threads in both tenants that begin at once, and what they throw. */
    private static final class Crowd {

        private final List<Thread> threads = new ArrayList<>();
        private final AtomicReference<Throwable> failure = new AtomicReference<>();

        static Crowd of(int threads, Callable<?> task) {
            Crowd crowd = new Crowd();
            for (int i = 0; i < threads; i++) {
                Container tenant = i % 2 == 0 ? Tenants.heavy() : Tenants.light();
                crowd.threads.add(Tenants.start(tenant, () -> {
                    try {
                        task.call();
                    } catch (Throwable thrown) {
                        crowd.failure.set(thrown);
                    }
                }));
            }
            return crowd;
        }

        boolean isAlive() {
            return threads.stream().anyMatch(Thread::isAlive);
        }

        void assertAllEnd() throws InterruptedException {
            for (Thread each : threads) {
                each.join(TimeUnit.SECONDS.toMillis(30));
                assertThat(each.isAlive()).as(each.toString()).isFalse();
            }
            assertThat(failure.get()).isNull();
        }
    }

    private static Object turns(int turns) {
        for (int turn = 0; turn < turns; turn++) {
            Tenants.burn(50);
            Thread.yield();
            LockSupport.parkNanos(10_000);
        }
        return turns;
    }

    /** By the flight recorder, and by complete dumps of all threads. */
    @Scenario(since = 21)
    static void threadsThatAreSampledAndDumpedEach10MillisecondsEnd() throws Exception {
        Path folder = Files.createTempDirectory(ForkedJvm.temporaryFiles(), "dumps");
        int dumps = 0;
        try (Recording recording = new Recording()) {
            recording.enable("jdk.ExecutionSample").with("period", "10 ms");
            recording.enable("jdk.ThreadDump").with("period", "100 ms");
            recording.start();
            Crowd crowd = Crowd.of(THREADS, () -> turns(50));
            while (crowd.isAlive() || dumps < 10) {
                Path file = folder.resolve("dump-" + dumps++);
                dump(file);
                Files.delete(file);
                Thread.getAllStackTraces();
                TimeUnit.MILLISECONDS.sleep(10);
                assertThat(dumps).isLessThan(2_000);
            }
            crowd.assertAllEnd();
        }
        Files.delete(folder);
        RunQueueSlots.awaitNoneInUse();
    }

    /** As {@code jcmd Thread.dump_to_file}: with the stack of each virtual thread. */
    private static void dump(Path file) throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        server.invoke(
                new ObjectName("com.sun.management:type=HotSpotDiagnostic"),
                "dumpThreads",
                new Object[] {file.toAbsolutePath().toString(), "TEXT_PLAIN"},
                new String[] {String.class.getName(), String.class.getName()});
    }

    /** Each is over while the thread waits for its turn, or before. */
    @Scenario(since = 21)
    static void timeoutsOfThreadsThatWaitForTheirTurnEnd() throws Exception {
        ReentrantLock held = new ReentrantLock();
        held.lock();
        Object monitor = new Object();
        Semaphore none = new Semaphore(0);
        LinkedBlockingQueue<Object> empty = new LinkedBlockingQueue<>();
        CompletableFuture<Object> never = new CompletableFuture<>();
        Thread main = Thread.currentThread();
        try (Tenants busy =
                new Tenants().add(Tenants.heavy(), 50, 500).add(Tenants.light(), 50, 500)) {
            Crowd crowd = Crowd.of(THREADS, () -> {
                long begin = System.nanoTime();
                assertThat(held.tryLock(2, TimeUnit.MILLISECONDS)).isFalse();
                assertThat(none.tryAcquire(2, TimeUnit.MILLISECONDS)).isFalse();
                assertThat(empty.poll(2, TimeUnit.MILLISECONDS)).isNull();
                assertThat(isTimedOut(never)).isTrue();
                synchronized (monitor) {
                    monitor.wait(2);
                }
                main.join(2);
                Thread.sleep(2);
                LockSupport.parkNanos(2_000_000);
                assertThat(System.nanoTime() - begin).isGreaterThan(12_000_000);
                return begin;
            });
            crowd.assertAllEnd();
        }
        held.unlock();
        RunQueueSlots.awaitNoneInUse();
    }

    private static boolean isTimedOut(CompletableFuture<?> future) throws Exception {
        try {
            future.get(2, TimeUnit.MILLISECONDS);
            return false;
        } catch (TimeoutException expected) {
            return true;
        }
    }

    @Scenario(since = 21)
    static void scopeOfAnotherContainerIsKeptAcrossYields() throws InterruptedException {
        AtomicInteger right = new AtomicInteger();
        Crowd.of(THREADS, () -> {
                    Container home = Containers.current();
                    Container other =
                            home.equals(Tenants.heavy()) ? Tenants.light() : Tenants.heavy();
                    for (int turn = 0; turn < 20; turn++) {
                        Scope scope = other.enter();
                        Tenants.burn(20);
                        Thread.yield();
                        LockSupport.parkNanos(1_000);
                        right.addAndGet(Containers.current().equals(other) ? 1 : 0);
                        Tenants.burn(20);
                        scope.close();
                        Thread.yield();
                        right.addAndGet(Containers.current().equals(home) ? 1 : 0);
                    }
                    return right;
                })
                .assertAllEnd();
        assertThat(right).hasValue(THREADS * 20 * 2);
        RunQueueSlots.awaitNoneInUse();
    }

    /** Corral sets it again, since slots are carriers. */
    @Scenario(since = 21)
    static void threadsEndWhileTheApplicationSetsTheParallelism() throws Exception {
        ForkJoinPool scheduler = scheduler();
        int before = scheduler.getParallelism();
        Crowd crowd = Crowd.of(THREADS, () -> turns(50));
        for (int i = 0; crowd.isAlive(); i++) {
            setParallelism(scheduler, i % 3 == 0 ? 1 : i % 3 == 1 ? 3 : 64);
            TimeUnit.MILLISECONDS.sleep(5);
        }
        crowd.assertAllEnd();
        try (Tenants busy = new Tenants().add(Tenants.heavy(), 2, 100)) {
            setParallelism(scheduler, 1);
            Waits.until(() -> scheduler.getParallelism() >= Carriers.all());
        }
        setParallelism(scheduler, before);
        RunQueueSlots.awaitNoneInUse();
    }

    private static void setParallelism(ForkJoinPool scheduler, int parallelism) throws Exception {
        if (Runtime.version().feature() >= 24) {
            ManagementFactory.getPlatformMBeanServer()
                    .setAttribute(
                            new ObjectName("jdk.management:type=VirtualThreadScheduler"),
                            new Attribute("Parallelism", parallelism));
        } else {
            ForkJoinPool.class
                    .getMethod("setParallelism", int.class)
                    .invoke(scheduler, parallelism);
        }
    }

    private static ForkJoinPool scheduler() throws ReflectiveOperationException {
        Field field =
                Class.forName("java.lang.VirtualThread").getDeclaredField("DEFAULT_SCHEDULER");
        field.setAccessible(true);
        return (ForkJoinPool) field.get(null);
    }

    @Scenario(since = 21)
    static void hundredOfTenThousandContainersCompeteAndAllTheirThreadsEnd() throws Exception {
        int containers = 10_000;
        int competing = 100;
        List<Container> all = new ArrayList<>();
        CountDownLatch seen = new CountDownLatch(containers);
        for (int i = 0; i < containers; i++) {
            Container each = Containers.at("/tenants/of-ten-thousand-" + i);
            all.add(each);
            Tenants.start(each, seen::countDown);
        }
        Waits.await(seen);
        AtomicBoolean isOver = new AtomicBoolean();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < competing * 3; i++) {
            threads.add(Tenants.start(all.get(i % competing * 100), () -> {
                while (!isOver.get()) {
                    Tenants.burn(1_000);
                    Thread.yield();
                }
            }));
        }
        // The share of one in 101 is hardly more than the light threads need.
        Tenants.light().limits().weight(1_000);
        try {
            LightThreads.assertAreKeptWaitingOnlyWithoutLimits(
                    () -> LightThreads.run(50), isOver, threads);
        } finally {
            Tenants.light().limits().weight(100);
        }
        all.forEach(Container::remove);
        RunQueueSlots.awaitNoneInUse();
    }
}
