package io.corral.integration.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Containers;
import io.corral.Scope;
import io.corral.Usage;
import io.corral.integration.harness.Scenario;
import io.corral.integration.support.Waits;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A pool's worker stays in a container from one of its tasks to the next. The application, the
 * queue and the pool's factory do not notice it.
 */
final class WorkerStayScenarios {

    private static volatile Object garbage = "";

    private WorkerStayScenarios() {}

    private static SingleWorker<ThreadPoolExecutor> worker() throws Exception {
        return worker("kept");
    }

    /** A pool with a separate container, because another pool's worker may still use CPU time. */
    private static SingleWorker<ThreadPoolExecutor> worker(String name) throws Exception {
        return worker(task -> new Thread(task, name + "-1"));
    }

    private static SingleWorker<ThreadPoolExecutor> worker(ThreadFactory factory) throws Exception {
        return new SingleWorker<>(new ThreadPoolExecutor(
                1, 1, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), factory));
    }

    @Scenario
    static void poolIsChargedNothingBetweenTasksOfOneContainer() throws Exception {
        worker("streak").assertChargedNothingBetweenTasksOfOneContainer();
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
        try (SingleWorker<ThreadPoolExecutor> worker = worker()) {
            worker.assertWaitsInThePoolsContainer();
        }
    }

    @Scenario
    static void workerThatWaitsWithATimeoutIsInThePoolsContainer() throws Exception {
        try (SingleWorker<ThreadPoolExecutor> worker = worker()) {
            worker.executor.allowCoreThreadTimeOut(true);
            worker.assertWaitsInThePoolsContainer();
        }
    }

    @Scenario
    static void workerWhoseTaskAnotherThreadTookWaitsInThePoolsContainer() throws Exception {
        try (SingleWorker<ThreadPoolExecutor> worker = worker()) {
            waitForWhatAnotherTakes(worker);
        }
    }

    @Scenario
    static void workerWhoseTaskAnotherThreadTookWaitsBrieflyInThePoolsContainer() throws Exception {
        try (SingleWorker<ThreadPoolExecutor> worker = worker()) {
            worker.executor.allowCoreThreadTimeOut(true);
            waitForWhatAnotherTakes(worker);
        }
    }

    /**
     * The queue has a task when the worker begins to recordContainer, and another thread takes it.
     */
    private static void waitForWhatAnotherTakes(SingleWorker<ThreadPoolExecutor> worker)
            throws InterruptedException {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch isTaking = new CountDownLatch(1);
        CountDownLatch takes = new CountDownLatch(1);
        worker.executeFrom(SingleWorker.A, () -> Waits.await(busy));
        worker.open();
        Waits.until(() -> worker.executor.getQueue().isEmpty());
        worker.executeFrom(SingleWorker.A, worker::recordContainer);
        Thread other = new Thread(() -> worker.executor.getQueue().drainTo(new ArrayList<>() {
            private static final long serialVersionUID = 1;

            @Override
            public boolean add(Runnable task) {
                isTaking.countDown();
                Waits.await(takes);
                return super.add(task);
            }
        }));
        other.start();
        Waits.await(isTaking);
        busy.countDown();
        Waits.until(() -> isAt(worker.thread, "lockInterruptibly"));
        assertThat(worker.workingContainer()).isEqualTo(SingleWorker.A);
        takes.countDown();
        other.join();
        Waits.until(() -> isAt(worker.thread, "await") || isAt(worker.thread, "awaitNanos"));
        worker.awaitWaiting();
        assertThat(worker.workingContainer()).isEqualTo(worker.poolContainer);
    }

    private static boolean isAt(Thread thread, String method) {
        return Stream.of(thread.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals(method));
    }

    /** Otherwise readers would have to estimate the worker's allocation. */
    @Scenario
    static void workerThatHasAllocatedMuchSwitchesBetweenTasks() throws Exception {
        Usage[] usage = new Usage[2];
        try (SingleWorker<ThreadPoolExecutor> worker = worker("allocates")) {
            worker.executeFrom(SingleWorker.A, () -> usage[0] = worker.poolContainer.usage());
            worker.executeFrom(SingleWorker.A, () -> garbage = new byte[2 << 20]);
            worker.executeFrom(SingleWorker.A, () -> usage[1] = worker.poolContainer.usage());
        }
        assertThat(usage[1].cpuNanos()).isGreaterThan(usage[0].cpuNanos());
    }

    @Scenario
    static void dyingWorkerIsReplacedInThePoolsContainer() throws Exception {
        List<String> makers = Collections.synchronizedList(new ArrayList<>());
        try (SingleWorker<ThreadPoolExecutor> worker = worker(task -> {
            makers.add(Containers.current().path());
            Thread thread = new Thread(task, "dies-1");
            thread.setUncaughtExceptionHandler((dying, expected) -> {});
            return thread;
        })) {
            worker.executeFrom(SingleWorker.A, worker::recordContainer);
            worker.executeFrom(SingleWorker.A, () -> {
                throw new IllegalStateException("on purpose");
            });
            worker.executeFrom(SingleWorker.A, worker::recordContainer);
            worker.close();
            assertThat(makers).hasSize(2).last().isEqualTo("/pools/dies");
            assertThat(worker.seen).containsExactly("/kept/a", "/kept/a");
        }
    }

    @Scenario
    static void taskThatWaitsAtItsPoolsQueueStaysInItsContainer() throws Exception {
        try (SingleWorker<ThreadPoolExecutor> worker = worker()) {
            worker.executeFrom(SingleWorker.A, worker::recordContainer);
            worker.executeFrom(SingleWorker.A, () -> {
                try {
                    worker.executor.getQueue().poll(1, TimeUnit.MILLISECONDS);
                } catch (InterruptedException interrupted) {
                    throw new IllegalStateException(interrupted);
                }
                worker.recordContainer();
            });
            worker.close();
            assertThat(worker.seen).containsExactly("/kept/a", "/kept/a");
        }
    }

    @Scenario
    static void subclassOfAPoolIsCalledInThePoolsContainer() throws Exception {
        List<String> seen = new ArrayList<>();
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(
                        1,
                        1,
                        0,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        task -> new Thread(task, "derived-1")) {
                    @Override
                    protected void beforeExecute(Thread thread, Runnable task) {
                        seen.add(Containers.current().path());
                    }

                    @Override
                    protected void afterExecute(Runnable task, Throwable failure) {
                        seen.add(Containers.current().path());
                    }
                };
        CountDownLatch opened = new CountDownLatch(1);
        pool.execute(() -> Waits.await(opened));
        try (Scope scope = SingleWorker.A.enter()) {
            pool.execute(() -> {});
            pool.execute(() -> {});
        }
        opened.countDown();
        pool.shutdown();
        assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        assertThat(seen).hasSize(6).containsOnly("/pools/derived");
    }
}
