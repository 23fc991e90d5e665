package io.corral.integration.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Percentage.withPercentage;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Measured;
import io.corral.Scope;
import io.corral.Subsystem;
import io.corral.Usage;
import io.corral.integration.harness.Scenario;
import io.corral.integration.harness.ThreadKind;
import io.corral.integration.support.CpuLoad;
import io.corral.integration.support.Waits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** What {@link Containers#measure(Callable)} says of a task. */
final class MeasureScenarios {

    private static final int TASKS = 1_000;

    /** The most that the JDK uses around a task: it starts threads and links code. */
    private static final long AROUND_NANOS = 8_000_000;

    static volatile Object sink;

    static {
        // Loads and links the code now, so that no measurement includes that.
        CpuLoad.millis(1);
        ExecutorService pool = Executors.newFixedThreadPool(1);
        Containers.measure(() -> get(pool.submit(CpuLoad::work)));
        pool.shutdown();
    }

    private MeasureScenarios() {}

    @Scenario
    static void usageOfATaskEqualsItsThreadsUsage(ThreadKind kind) throws Exception {
        Measured<Long> measured = on(kind, () -> Containers.measure(() -> CpuLoad.millis(50)));
        assertUsed(measured.usage(), measured.result());
        assertThat(measured.usage().apportionedCpuNanos()).isZero();
        assertThat(measured.usage().forks()).isZero();
    }

    @Scenario
    static void allocatedBytesAreThoseOfTheTask(ThreadKind kind) throws Exception {
        sink = new byte[10_000_000];
        Usage usage = on(
                kind,
                () -> Containers.measure(() -> {
                    sink = new byte[5_000_000];
                }));
        assertThat(usage.allocatedBytes()).isBetween(5_000_000L, 5_100_000L);
        assertThat(usage.settledAllocatedBytes()).isEqualTo(usage.allocatedBytes());
    }

    @Scenario
    static void startedThreadsAreMeasured(ThreadKind kind) throws Exception {
        AtomicLong burnt = new AtomicLong();
        Usage usage = on(
                kind,
                () -> Containers.measure(() -> {
                    kind.run(() -> {
                        burnt.addAndGet(CpuLoad.millis(20));
                        ThreadKind.PLATFORM.run(() -> burnt.addAndGet(CpuLoad.millis(20)));
                    });
                }));
        assertUsed(usage, burnt.get());
        assertThat(usage.forks()).isEqualTo(2);
        assertThat(usage.exits()).isEqualTo(2);
        assertThat(usage.threads() + usage.virtualThreads()).isZero();
    }

    @Scenario
    static void threadThatHasSignalledItsLastStepIsMeasuredUpToThere(ThreadKind kind)
            throws Exception {
        AtomicLong burnt = new AtomicLong();
        for (int i = 0; i < 100; i++) {
            burnt.set(0);
            CountDownLatch last = new CountDownLatch(1);
            Usage usage = Containers.measure(() -> {
                kind.start(() -> {
                    burnt.addAndGet(CpuLoad.millis(2));
                    last.countDown();
                });
                Waits.await(last);
            });
            assertUsed(usage, burnt.get());
        }
    }

    @Scenario
    static void handedOverTasksAreMeasured(ThreadKind kind) throws Exception {
        AtomicLong burnt = new AtomicLong();
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            Usage usage = on(
                    kind,
                    () -> Containers.measure(() -> {
                        get(pool.submit(() -> burnt.addAndGet(CpuLoad.millis(10))));
                        CompletableFuture.runAsync(() -> burnt.addAndGet(CpuLoad.millis(10)), pool)
                                .thenRunAsync(() -> burnt.addAndGet(CpuLoad.millis(10)))
                                .join();
                        IntStream.range(0, 8)
                                .parallel()
                                .forEach(i -> burnt.addAndGet(CpuLoad.millis(10)));
                    }));
            assertUsed(usage, burnt.get());
            // What the same workers run later for others is not measured.
            Usage later = Containers.measure(() -> {});
            get(pool.submit(() -> CpuLoad.millis(10)));
            assertThat(later.cpuNanos()).isLessThan(AROUND_NANOS);
        } finally {
            pool.shutdown();
        }
    }

    /** The latter part of a task, of a thread, and of a worker's later tasks. */
    @Scenario
    static void usageAfterTheReturnIsNotMeasured(ThreadKind kind) throws Exception {
        Container tenant = Containers.at("/measure/until-" + kind);
        ExecutorService pool = Executors.newFixedThreadPool(1);
        CountDownLatch burntFirst = new CountDownLatch(2);
        CountDownLatch returned = new CountDownLatch(1);
        AtomicLong first = new AtomicLong();
        AtomicLong second = new AtomicLong();
        Runnable twice = () -> {
            first.addAndGet(CpuLoad.millis(20));
            burntFirst.countDown();
            Waits.await(returned);
            second.addAndGet(CpuLoad.millis(30));
        };
        AtomicReference<Thread> thread = new AtomicReference<>();
        AtomicReference<Future<?>> task = new AtomicReference<>();
        Usage usage;
        try (Scope scope = tenant.enter()) {
            usage = Containers.measure(() -> {
                thread.set(kind.start(twice));
                task.set(pool.submit(twice));
                Waits.await(burntFirst);
            });
        }
        returned.countDown();
        ThreadKind.join(thread.get());
        get(task.get());
        pool.shutdown();
        assertUsed(usage, first.get());
        assertThat(usage.threads() + usage.virtualThreads()).isEqualTo(1);
        assertThat(tenant.usage().cpuNanos())
                .isBetween(
                        first.get() + second.get(), first.get() + second.get() + 2 * AROUND_NANOS);
    }

    @Scenario
    static void threadStillRunningAtTheReturnIsMeasuredUpToThen(ThreadKind kind) throws Exception {
        CountDownLatch stop = new CountDownLatch(1);
        AtomicLong burnt = new AtomicLong();
        AtomicLong spun = new AtomicLong();
        AtomicReference<Thread> thread = new AtomicReference<>();
        Usage usage = Containers.measure(() -> {
            thread.set(kind.start(() -> {
                while (stop.getCount() > 0) {
                    burnt.addAndGet(CpuLoad.millis(1));
                }
            }));
            long began = CpuLoad.ownCpuNanos();
            while (burnt.get() < 50_000_000) {
                Thread.onSpinWait();
            }
            spun.set(CpuLoad.ownCpuNanos() - began);
        });
        long after = burnt.get();
        stop.countDown();
        ThreadKind.join(thread.get());
        assertThat(usage.cpuNanos())
                .isBetween(50_000_000 + spun.get(), after + spun.get() + AROUND_NANOS);
    }

    @Scenario
    static void outerMeasurementIncludesTheInnerOne(ThreadKind kind) throws Exception {
        AtomicLong inner = new AtomicLong();
        AtomicLong outer = new AtomicLong();
        AtomicReference<Usage> innerUsage = new AtomicReference<>();
        Usage usage = on(
                kind,
                () -> Containers.measure(() -> {
                    outer.addAndGet(CpuLoad.millis(20));
                    innerUsage.set(Containers.measure(() -> {
                        inner.addAndGet(CpuLoad.millis(20));
                        kind.run(() -> inner.addAndGet(CpuLoad.millis(20)));
                    }));
                    kind.run(() -> outer.addAndGet(CpuLoad.millis(20)));
                }));
        assertUsed(innerUsage.get(), inner.get());
        assertUsed(usage, inner.get() + outer.get());
        assertThat(innerUsage.get().forks()).isEqualTo(1);
        assertThat(usage.forks()).isEqualTo(2);
    }

    @Scenario
    static void containersAreChargedAsWithoutAMeasurement(ThreadKind kind) throws Exception {
        Container one = Containers.at("/measure/one-" + kind);
        Container other = Containers.at("/measure/other-" + kind);
        AtomicLong inOne = new AtomicLong();
        AtomicLong inOther = new AtomicLong();
        Usage usage = on(kind, () -> {
            try (Scope scope = one.enter()) {
                return Containers.measure(() -> {
                    inOne.addAndGet(CpuLoad.millis(20));
                    try (Scope inner = other.enter()) {
                        inOther.addAndGet(CpuLoad.millis(20));
                        assertThat(Containers.current()).isEqualTo(other);
                        kind.run(() -> inOther.addAndGet(CpuLoad.millis(20)));
                    }
                    assertThat(Containers.current()).isEqualTo(one);
                    inOne.addAndGet(CpuLoad.millis(20));
                });
            }
        });
        assertUsed(usage, inOne.get() + inOther.get());
        assertUsed(one.usage(), inOne.get());
        assertUsed(other.usage(), inOther.get());
        assertThat(other.usage().forks()).isEqualTo(1);
        assertThat(other.usage().exits()).isEqualTo(1);
        assertThat(other.usage().threads() + other.usage().virtualThreads()).isZero();
        one.remove();
        other.remove();
    }

    @Scenario
    static void taskThatWorksInManyContainersIsMeasured(ThreadKind kind) throws Exception {
        AtomicLong burnt = new AtomicLong();
        Container parent = Containers.at("/measure/many-containers-" + kind);
        Usage usage = on(
                kind,
                () -> Containers.measure(() -> {
                    for (int i = 0; i < 20; i++) {
                        Container own = parent.create("own-" + i);
                        try (Scope scope = own.enter()) {
                            burnt.addAndGet(CpuLoad.millis(5));
                        }
                        own.remove();
                    }
                }));
        assertUsed(usage, burnt.get());
        assertUsed(parent.usage(), burnt.get());
    }

    @Scenario
    static void attachDoesNotEndAMeasurement(ThreadKind kind) throws Exception {
        Container to = Containers.at("/measure/attached-" + kind);
        AtomicLong burnt = new AtomicLong();
        AtomicLong burntThere = new AtomicLong();
        Usage usage = on(
                kind,
                () -> Containers.measure(() -> {
                    burnt.addAndGet(CpuLoad.millis(20));
                    to.attach(Thread.currentThread());
                    burntThere.addAndGet(CpuLoad.millis(20));
                    kind.run(() -> burntThere.addAndGet(CpuLoad.millis(20)));
                }));
        assertUsed(usage, burnt.get() + burntThere.get());
        assertUsed(to.usage(), burntThere.get());
    }

    @Scenario
    static void measureInAnExitCallbackIsUnknown() {
        AtomicReference<Usage> usage = new AtomicReference<>();
        Container container = Containers.at("/measure/exits");
        Subsystem measures = new Subsystem() {
            @Override
            public void exit(Thread thread, Container ended) {
                if (ended == container) {
                    usage.set(Containers.measure(() -> {
                        sink = new byte[1_000];
                    }));
                }
            }
        };
        Containers.register(measures);
        Thread thread = new Thread(() -> {});
        container.start(thread);
        ThreadKind.join(thread);
        Containers.unregister(measures);
        assertThat(usage.get().cpuNanos()).isEqualTo(Usage.UNKNOWN);
        assertThat(usage.get().allocatedBytes()).isEqualTo(Usage.UNKNOWN);
    }

    @Scenario
    static void scopeThatTheTaskLeavesOpenIsClosed(ThreadKind kind) throws Exception {
        Container left = Containers.at("/measure/left-" + kind);
        Container after = on(kind, () -> {
            Containers.measure(() -> {
                left.enter();
            });
            return Containers.current();
        });
        assertThat(after).isNotEqualTo(left);
    }

    @Scenario
    static void exceptionOfTheTaskIsThrownAndEndsTheMeasurement(ThreadKind kind) throws Exception {
        IOException thrown = new IOException("expected");
        Usage after = on(kind, () -> {
            assertThatThrownBy(() -> Containers.measure((Callable<Object>) () -> {
                        throw thrown;
                    }))
                    .isSameAs(thrown);
            return Containers.measure(() -> {});
        });
        assertThat(after.cpuNanos()).isBetween(0L, AROUND_NANOS);
    }

    @Scenario
    static void sumOfManyMeasuredTasksEqualsTheContainersUsage(ThreadKind kind) throws Exception {
        Container tenant = Containers.at("/measure/many-" + kind);
        // What a thread uses before and after its task is its container's alone.
        int tasks = kind == ThreadKind.VIRTUAL ? TASKS / 2 : TASKS / 10;
        int millis = kind == ThreadKind.VIRTUAL ? 2 : 5;
        ExecutorService pool = Executors.newFixedThreadPool(2);
        AtomicLong cpuNanos = new AtomicLong();
        AtomicLong bytes = new AtomicLong();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < tasks; i++) {
            Thread thread = kind.unstarted(() -> {
                Usage usage = Containers.measure(() -> {
                    work(millis);
                    kind.run(() -> work(millis));
                    get(pool.submit(() -> work(millis)));
                    CompletableFuture.runAsync(() -> work(millis)).join();
                });
                cpuNanos.addAndGet(usage.cpuNanos());
                bytes.addAndGet(usage.allocatedBytes());
            });
            tenant.start(thread);
            threads.add(thread);
        }
        threads.forEach(ThreadKind::join);
        pool.shutdown();
        Usage all = tenant.usage();
        // The start and the end of a thread cost more on a busy machine. They are not measured.
        assertThat(cpuNanos.get()).isBetween(all.cpuNanos() / 20 * 19, all.cpuNanos());
        assertThat(bytes.get()).isCloseTo(all.allocatedBytes(), withPercentage(2));
    }

    /** It allocates on one carrier, and ends on another while the first may be idle. */
    @Scenario(since = 21)
    static void bytesOfATaskThatChangesItsCarrierAreExact() {
        for (int i = 0; i < 300; i++) {
            AtomicReference<Usage> usage = new AtomicReference<>();
            Thread task = ThreadKind.VIRTUAL.start(() -> usage.set(Containers.measure(() -> {
                sink = new byte[100_000];
                LockSupport.park();
            })));
            // A thread that is unparked by another virtual one often continues on its carrier.
            ThreadKind.VIRTUAL.run(() -> {
                while (task.getState() != Thread.State.WAITING && task.isAlive()) {
                    Thread.yield();
                }
                LockSupport.unpark(task);
            });
            ThreadKind.join(task);
            assertThat(usage.get().settledAllocatedBytes()).isGreaterThan(100_000);
        }
    }

    private static void work(int millis) {
        CpuLoad.millis(millis);
        sink = new byte[100_000];
    }

    private static void assertUsed(Usage usage, long burnt) {
        assertThat(usage.cpuNanos()).isBetween(burnt, burnt + burnt / 5 + AROUND_NANOS);
    }

    private static void get(Future<?> future) {
        try {
            future.get();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static <T> T on(ThreadKind kind, Callable<T> task) throws Exception {
        AtomicReference<T> result = new AtomicReference<>();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        kind.run(() -> {
            try {
                result.set(task.call());
            } catch (Throwable thrown) {
                failure.set(thrown);
            }
        });
        if (failure.get() != null) {
            throw new AssertionError(failure.get());
        }
        return result.get();
    }
}
