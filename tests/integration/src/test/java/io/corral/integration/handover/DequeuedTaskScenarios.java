package io.corral.integration.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Containers;
import io.corral.Scope;
import io.corral.integration.harness.Scenario;
import io.corral.integration.support.Waits;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Tasks that are removed from a queue, or taken out of it by threads that are not its workers. */
final class DequeuedTaskScenarios {

    private static final long TIMEOUT_SECONDS = 60;

    private DequeuedTaskScenarios() {}

    @Scenario
    static void taskResubmittedByARejectionHandlerKeepsItsSubmitter() throws Exception {
        HandOverFixtures.PathRecorder where = new HandOverFixtures.PathRecorder();
        BusyPool pool = HandOverFixtures.busyPool(new LinkedBlockingQueue<>(1));
        pool.execute(() -> {});
        pool.setRejectedExecutionHandler((task, by) -> {
            pool.open();
            try {
                by.getQueue().put(task);
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        });
        try (Scope scope = Containers.at("/handed/put").enter()) {
            pool.execute(where);
        }
        pool.close();
        assertThat(where.seen).containsExactly("/handed/put");
    }

    @Scenario
    static void dequeuedTaskRunByAnotherTaskRunsInThatTasksContainer() throws Exception {
        HandOverFixtures.PathRecorder where = new HandOverFixtures.PathRecorder();
        BusyPool pool = HandOverFixtures.busyPool(new LinkedBlockingQueue<>());
        try (Scope scope = Containers.at("/handed/helps").enter()) {
            pool.execute(() -> pool.getQueue().remove().run());
        }
        try (Scope scope = Containers.at("/handed/helped").enter()) {
            pool.execute(where);
        }
        pool.execute(where);
        pool.close();
        assertThat(where.seen).containsExactly("/handed/helps", "/");
    }

    @Scenario
    static void taskDequeuedByAnotherTaskIsCollected() throws Exception {
        BusyPool pool = HandOverFixtures.busyPool(new LinkedBlockingQueue<>());
        CountDownLatch removed = new CountDownLatch(1);
        pool.execute(() -> {
            pool.getQueue().remove();
            removed.countDown();
        });
        WeakReference<Object> taken = submitWhere(pool);
        pool.open();
        removed.await();
        HandOverFixtures.assertIsCollected(taken);
        pool.close();
    }

    @Scenario
    static void tasksDequeuedInAPoolsHooksDoNotChangeTheNextTasksSubmitter() throws Exception {
        HandOverFixtures.PathRecorder where = new HandOverFixtures.PathRecorder();
        BlockingQueue<Runnable> other = new LinkedBlockingQueue<>();
        BlockingQueue<Runnable> own = new LinkedBlockingQueue<>();
        List<Runnable> takenLast = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch opened = new CountDownLatch(1);
        ThreadPoolExecutor pool = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, own) {
            @Override
            protected void beforeExecute(Thread thread, Runnable task) {
                if (task == where && !other.isEmpty()) {
                    other.remove();
                    own.remove();
                }
            }

            @Override
            protected void afterExecute(Runnable task, Throwable failure) {
                if (task == where && !own.isEmpty()) {
                    takenLast.add(own.remove());
                }
            }
        };
        pool.execute(() -> Waits.await(opened));
        try (Scope scope = Containers.at("/handed/elsewhere").enter()) {
            other.put(() -> {});
        }
        try (Scope scope = Containers.at("/handed/mine").enter()) {
            pool.execute(where);
        }
        try (Scope scope = Containers.at("/handed/skipped").enter()) {
            pool.execute(new HandOverFixtures.PathRecorder());
            pool.execute(where);
        }
        opened.countDown();
        while (takenLast.isEmpty()) {
            Thread.onSpinWait();
        }
        // Submitted from the root this time, which tasks do not take along.
        pool.execute(takenLast.get(0));
        pool.shutdown();
        assertThat(pool.awaitTermination(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(where.seen).containsExactly("/handed/mine", "/");
    }

    @Scenario
    static void taskTakenFromAQueueWithoutAPoolIsCollected() throws Exception {
        BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
        WeakReference<Object> taken = putAndTake(queue);
        HandOverFixtures.assertIsCollected(taken);
    }

    private static WeakReference<Object> putAndTake(BlockingQueue<Runnable> queue)
            throws InterruptedException {
        try (Scope scope = Containers.at("/handed/no-pool").enter()) {
            queue.put(new HandOverFixtures.PathRecorder());
        }
        return new WeakReference<>(queue.take());
    }

    @Scenario
    static void finishedTaskIsCollectedWhileItsWorkerWaits() throws Exception {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> new Thread(task, "lets-go-1"));
        WeakReference<Object> run = submitWhere(pool);
        pool.submit(() -> {}).get();
        HandOverFixtures.assertIsCollected(run);
        pool.shutdown();
    }

    private static WeakReference<Object> submitWhere(ThreadPoolExecutor pool) {
        HandOverFixtures.PathRecorder where = new HandOverFixtures.PathRecorder();
        try (Scope scope = Containers.at("/handed/let-go").enter()) {
            pool.execute(where);
        }
        return new WeakReference<>(where);
    }

    @Scenario
    static void removedTaskLeavesNoRecord() throws Exception {
        for (BlockingQueue<Runnable> queue : HandOverFixtures.queues()) {
            HandOverFixtures.PathRecorder where = new HandOverFixtures.PathRecorder();
            BusyPool pool = HandOverFixtures.busyPool(queue);
            try (Scope scope = Containers.at("/handed/removed").enter()) {
                pool.execute(where);
            }
            assertThat(pool.remove(where)).isTrue();
            try (Scope scope = Containers.at("/handed/other").enter()) {
                pool.execute(where);
            }
            pool.close();
            assertThat(where.seen).as(queue.getClass().getName()).containsExactly("/handed/other");
        }
    }

    @Scenario
    static void taskThatAWorkerHasTakenCannotBeRemovedAndKeepsItsSubmitter() throws Exception {
        for (BlockingQueue<Runnable> queue : HandOverFixtures.queues()) {
            HandOverFixtures.PathRecorder where = new HandOverFixtures.PathRecorder();
            List<Boolean> removed = Collections.synchronizedList(new ArrayList<>());
            ThreadPoolExecutor pool = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, queue) {
                @Override
                protected void beforeExecute(Thread thread, Runnable task) {
                    removed.add(remove(task));
                }
            };
            CountDownLatch opened = new CountDownLatch(1);
            pool.execute(() -> Waits.await(opened));
            try (Scope scope = Containers.at("/handed/taken").enter()) {
                pool.execute(where);
                pool.submit(where);
            }
            opened.countDown();
            pool.shutdown();
            assertThat(pool.awaitTermination(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(removed).containsOnly(false);
            assertThat(where.seen)
                    .as(queue.getClass().getName())
                    .containsExactly("/handed/taken", "/handed/taken");
        }
    }
}
