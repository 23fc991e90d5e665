package io.corral.integration.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;
import io.corral.Usage;
import io.corral.integration.harness.Scenario;
import io.corral.integration.harness.ThreadKind;
import io.corral.integration.support.CpuLoad;
import io.corral.integration.support.Waits;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Threads that wait for a fork-join task or pool, and run other tasks of the pool meanwhile. A task
 * that was submitted from no container is the pool's, whichever thread runs it.
 */
final class HelpingScenarios {

    private static final int TASKS = 20;

    /** What one of the tasks uses, and what all may use elsewhere. */
    private static final int TASK_MILLIS = 5;

    private static final long ELSEWHERE_NANOS = 20_000_000;

    private static final Container A = Containers.at("/helping/a");
    private static final Container B = Containers.at("/helping/b");

    private HelpingScenarios() {}

    /** A pool with one worker, and where tasks have run. */
    private static final class Pool implements AutoCloseable {

        private final ForkJoinPool executor = new ForkJoinPool(1);
        private final String place;
        private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

        Pool() throws Exception {
            place = executor.submit(() -> Containers.current().path()).get();
            assertThat(place).startsWith("/pools/");
        }

        /** Runs a task of {@code a} on the only worker, when tasks of the root are waiting. */
        void runWhileTasksOfTheRootWait(Runnable task, Runnable ofRoot) throws Exception {
            CountDownLatch submitted = new CountDownLatch(1);
            ForkJoinTask<?> ran;
            try (Scope scope = A.enter()) {
                ran = executor.submit(() -> {
                    Waits.await(submitted);
                    task.run();
                });
            }
            for (int i = 0; i < TASKS; i++) {
                executor.execute(ofRoot);
            }
            submitted.countDown();
            ran.get();
        }

        void record() {
            String path = Containers.current().path();
            seen.add(path.equals(place) ? "the pool's" : path);
        }

        void assertAllSeenInThePool() {
            assertThat(seen).hasSize(TASKS).containsOnly("the pool's");
        }

        @Override
        public void close() throws InterruptedException {
            executor.shutdown();
            assertThat(executor.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        }
    }

    @Scenario
    static void tasksOfTheRootThatAWorkerHelpsWithAreThePools() throws Exception {
        try (Pool pool = new Pool()) {
            List<String> after = new ArrayList<>();
            pool.runWhileTasksOfTheRootWait(
                    () -> {
                        ForkJoinTask.helpQuiesce();
                        after.add(Containers.current().path());
                    },
                    pool::record);
            pool.assertAllSeenInThePool();
            assertThat(after).containsExactly(A.path());
        }
    }

    /** Only the thread that waits can run the tasks, since the worker waits for them. */
    @Scenario
    static void tasksOfTheRootThatAThreadOfATenantHelpsWithAreThePools(ThreadKind kind)
            throws Exception {
        try (Pool pool = new Pool()) {
            CountDownLatch run = new CountDownLatch(TASKS);
            CountDownLatch isBusy = new CountDownLatch(1);
            pool.executor.execute(() -> {
                isBusy.countDown();
                Waits.await(run);
            });
            Waits.await(isBusy);
            for (int i = 0; i < TASKS; i++) {
                pool.executor.execute(() -> {
                    pool.record();
                    run.countDown();
                });
            }
            List<String> after = new ArrayList<>();
            Thread helper;
            try (Scope scope = A.enter()) {
                helper = kind.start(() -> {
                    pool.executor.awaitQuiescence(1, TimeUnit.MINUTES);
                    after.add(Containers.current().path());
                });
            }
            ThreadKind.join(helper);
            pool.assertAllSeenInThePool();
            assertThat(after).containsExactly(A.path());
        }
    }

    @Scenario
    static void measurementDoesNotCountTasksOfTheRootThatItsTaskHelpsWith() throws Exception {
        try (Pool pool = new Pool()) {
            List<Usage> measured = new ArrayList<>();
            long poolBefore = Containers.at(pool.place).usage().cpuNanos();
            long before = A.usage().cpuNanos();
            pool.runWhileTasksOfTheRootWait(
                    () -> measured.add(Containers.measure(() -> ForkJoinTask.helpQuiesce())),
                    () -> CpuLoad.millis(TASK_MILLIS));
            assertThat(measured.get(0).cpuNanos()).isLessThan(ELSEWHERE_NANOS);
            assertThat(A.usage().cpuNanos() - before).isLessThan(ELSEWHERE_NANOS);
            assertThat(Containers.at(pool.place).usage().cpuNanos() - poolBefore)
                    .isGreaterThanOrEqualTo(TASKS * TASK_MILLIS * 1_000_000L);
        }
    }

    /** The task that is joined is at the top of the worker's own queue. */
    @Scenario
    static void taskWithoutAContainerThatAJoinRunsIsThePools() throws Exception {
        try (Pool pool = new Pool()) {
            pool.executor
                    .submit(() -> {
                        ForkJoinTask<?> forked = ForkJoinTask.adapt(() -> {
                            pool.record();
                            ForkJoinTask.adapt(pool::record).fork().join();
                        });
                        forked.fork();
                        try (Scope scope = A.enter()) {
                            forked.join();
                            pool.record();
                        }
                    })
                    .get();
            assertThat(pool.seen).containsExactly("the pool's", "the pool's", A.path());
        }
    }

    @Scenario
    static void taskOfTheRootThatAFutureHelpsWithIsThePools() throws Exception {
        try (Pool pool = new Pool()) {
            CountDownLatch submitted = new CountDownLatch(1);
            CompletableFuture<Void> ran;
            List<String> own = Collections.synchronizedList(new ArrayList<>());
            try (Scope scope = A.enter()) {
                ran = CompletableFuture.runAsync(
                        () -> {
                            Waits.await(submitted);
                            CompletableFuture.runAsync(
                                            () -> own.add(Containers.current().path()),
                                            pool.executor)
                                    .join();
                        },
                        pool.executor);
            }
            for (int i = 0; i < TASKS; i++) {
                CompletableFuture.runAsync(pool::record, pool.executor);
            }
            submitted.countDown();
            ran.get();
            pool.close();
            pool.assertAllSeenInThePool();
            assertThat(own).containsExactly(A.path());
        }
    }

    @Scenario
    static void taskOfAnotherContainerThatAWorkerHelpsWithIsThatContainers() throws Exception {
        try (Pool pool = new Pool()) {
            CountDownLatch submitted = new CountDownLatch(1);
            ForkJoinTask<?> ran;
            try (Scope scope = A.enter()) {
                ran = pool.executor.submit(() -> {
                    Waits.await(submitted);
                    ForkJoinTask.helpQuiesce();
                });
            }
            try (Scope scope = B.enter()) {
                pool.executor.execute(() -> {
                    pool.record();
                    ForkJoinTask.adapt(pool::record).fork();
                });
            }
            submitted.countDown();
            ran.get();
            assertThat(pool.seen).containsExactly(B.path(), B.path());
        }
    }

    /** A task that is called directly is part of the calling code, on every thread. */
    @Scenario
    static void tasksOfTheSameComputationStayWithIt() throws Exception {
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        Runnable computation = () -> {
            Runnable record = () -> seen.add(Containers.current().path());
            ForkJoinTask.adapt(record).invoke();
            ForkJoinTask.invokeAll(ForkJoinTask.adapt(record), ForkJoinTask.adapt(record));
            ForkJoinTask.invokeAll(List.of(
                    ForkJoinTask.adapt(record),
                    ForkJoinTask.adapt(record),
                    ForkJoinTask.adapt(record)));
            ForkJoinTask.adapt(record).fork().join();
            IntStream.range(0, 100).parallel().forEach(i -> record.run());
        };
        try (Pool pool = new Pool();
                Scope scope = A.enter()) {
            computation.run();
            pool.executor.submit(computation).get();
        }
        assertThat(seen).hasSize(2 * 107).containsOnly(A.path());
    }

    @Scenario
    static void taskThatIsForkedAgainAfterAnUnforkHasItsNewSubmitter() throws Exception {
        try (Pool pool = new Pool()) {
            pool.executor
                    .submit(() -> {
                        ForkJoinTask<?> task = ForkJoinTask.adapt(pool::record);
                        try (Scope scope = A.enter()) {
                            task.fork();
                            assertThat(task.tryUnfork()).isTrue();
                        }
                        try (Scope scope = B.enter()) {
                            task.fork();
                        }
                        task.join();
                        ForkJoinTask<?> called = ForkJoinTask.adapt(pool::record);
                        try (Scope scope = A.enter()) {
                            called.fork();
                            assertThat(called.tryUnfork()).isTrue();
                        }
                        called.invoke();
                    })
                    .get();
            assertThat(pool.seen).containsExactly(B.path(), "the pool's");
        }
    }
}
