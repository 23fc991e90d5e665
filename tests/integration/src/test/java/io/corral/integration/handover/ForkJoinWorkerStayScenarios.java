package io.corral.integration.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Containers;
import io.corral.Scope;
import io.corral.integration.harness.Scenario;
import io.corral.integration.support.Waits;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CountedCompleter;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** As {@link WorkerStayScenarios}, for a worker of a fork-join pool. */
final class ForkJoinWorkerStayScenarios {

    private ForkJoinWorkerStayScenarios() {}

    private static SingleWorker<ForkJoinPool> worker() throws Exception {
        return new SingleWorker<>(new ForkJoinPool(1));
    }

    @Scenario
    static void poolIsChargedNothingBetweenTasksOfOneContainer() throws Exception {
        worker().assertChargedNothingBetweenTasksOfOneContainer();
    }

    @Scenario
    static void eachTaskRunsInItsSubmittersContainer() throws Exception {
        worker().assertRunsEachTaskInItsSubmittersContainer();
    }

    @Scenario
    static void taskOfARemovedContainerRunsInItsParent() throws Exception {
        worker().assertRunsTheTaskOfARemovedContainerInItsParent();
    }

    @Scenario
    static void waitingWorkerIsInThePoolsContainer() throws Exception {
        try (SingleWorker<ForkJoinPool> worker = worker()) {
            worker.assertWaitsInThePoolsContainer();
        }
    }

    @Scenario
    static void nestedTaskLeavesNoScopeOpen() throws Exception {
        try (SingleWorker<ForkJoinPool> pool = worker()) {
            ForkJoinTask<?> within = ForkJoinTask.adapt(pool::recordContainer);
            pool.executor.execute(() -> {
                within.invoke();
                pool.recordContainer();
                ForkJoinTask.adapt(pool::recordContainer).invoke();
                pool.recordContainer();
            });
            try (Scope scope = SingleWorker.A.enter()) {
                pool.executor.execute(within);
            }
            pool.close();
            assertThat(pool.seen)
                    .containsExactly("/kept/a", "the pool's", "the pool's", "the pool's");
        }
    }

    @Scenario
    static void forkedTaskRunsWhereTheForkingTaskWorked() throws Exception {
        try (SingleWorker<ForkJoinPool> pool = worker()) {
            pool.executeFrom(SingleWorker.A, () -> {
                ForkJoinTask.adapt(pool::recordContainer).fork();
                try (Scope scope = SingleWorker.B.enter()) {
                    ForkJoinTask.adapt(pool::recordContainer).fork();
                }
            });
            pool.executor.execute(pool::recordContainer);
            pool.close();
            assertThat(pool.seen).containsExactlyInAnyOrder("/kept/a", "/kept/b", "the pool's");
        }
    }

    /**
     * The factory is called repeatedly between two tasks, of which the first has left its scope
     * open. (Before JDK 25 a factory that has returned null once is not called again, and its pool
     * does not terminate.)
     */
    @Scenario(since = 25)
    static void workerThatCreatesAnotherIsInThePoolsContainer() throws Exception {
        List<String> makers = Collections.synchronizedList(new ArrayList<>());
        Thread submitter = Thread.currentThread();
        CountDownLatch opened = new CountDownLatch(1);
        AtomicBoolean isFirst = new AtomicBoolean(true);
        ForkJoinPool pool = new ForkJoinPool(
                2,
                asking -> {
                    if (Thread.currentThread() != submitter) {
                        makers.add(Containers.current().path());
                    }
                    if (!isFirst.getAndSet(false) && makers.size() < 20) {
                        return null;
                    }
                    return ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(asking);
                },
                null,
                false);
        CountDownLatch run = new CountDownLatch(100);
        pool.execute(() -> Waits.await(opened));
        try (Scope scope = SingleWorker.A.enter()) {
            for (int i = 0; i < 100; i++) {
                pool.execute(run::countDown);
            }
        }
        opened.countDown();
        Waits.await(run);
        pool.shutdown();
        assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        assertThat(makers).isNotEmpty().allMatch(path -> path.startsWith("/pools/"));
    }

    /** A task cannot throw, but its handler for a failure can. */
    @Scenario
    static void dyingWorkerEndsAndIsReplacedInThePoolsContainer() throws Exception {
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch opened = new CountDownLatch(1);
        CountDownLatch caught = new CountDownLatch(1);
        ForkJoinPool pool = new ForkJoinPool(
                1,
                asking -> {
                    seen.add("made at " + Containers.current().path());
                    return new ForkJoinWorkerThread(asking) {
                        @Override
                        protected void onTermination(Throwable failure) {
                            seen.add((failure == null ? "ended at " : "died at ")
                                    + Containers.current().path());
                            super.onTermination(failure);
                        }
                    };
                },
                (dying, failure) -> {
                    seen.add("caught at " + Containers.current().path());
                    caught.countDown();
                },
                false);
        CountDownLatch run = new CountDownLatch(1);
        pool.execute(() -> Waits.await(opened));
        try (Scope scope = SingleWorker.A.enter()) {
            pool.execute(() -> {});
            pool.execute(new FailsTwice());
            pool.execute(() -> {
                seen.add("run at " + Containers.current().path());
                run.countDown();
            });
        }
        opened.countDown();
        Waits.await(run);
        Waits.await(caught);
        pool.shutdown();
        assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        assertThat(seen).filteredOn(at -> at.contains("/kept/")).containsExactly("run at /kept/a");
        assertThat(seen)
                .anyMatch(at -> at.startsWith("died at /pools/"))
                .anyMatch(at -> at.startsWith("made at /pools/"))
                .anyMatch(at -> at.startsWith("caught at /pools/"));
    }

    private static final class FailsTwice extends CountedCompleter<Void> {

        private static final long serialVersionUID = 1;

        @Override
        public void compute() {
            throw new IllegalStateException("on purpose");
        }

        @Override
        public boolean onExceptionalCompletion(Throwable failure, CountedCompleter<?> caller) {
            throw new IllegalStateException("on purpose, again");
        }
    }
}
