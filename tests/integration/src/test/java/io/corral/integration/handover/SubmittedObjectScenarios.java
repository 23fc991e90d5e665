package io.corral.integration.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;
import io.corral.integration.harness.Scenario;
import io.corral.integration.harness.ThreadKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The application sees the objects that it submitted, and not wrappers. */
final class SubmittedObjectScenarios {

    private static final long TIMEOUT_SECONDS = 60;

    private SubmittedObjectScenarios() {}

    @Scenario
    static void queueHoldsTheSubmittedObjectsAndTheyCanBeRemoved() throws Exception {
        BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
        try (BusyPool pool = HandOverFixtures.busyPool(queue);
                Scope scope = Containers.at("/handed/queue").enter()) {
            Runnable task = () -> {};
            Future<?> future = pool.submit(() -> {});
            pool.execute(task);
            assertThat(queue).containsExactly((Runnable) future, task);
            assertThat(pool.remove(task)).isTrue();
            assertThat(queue).containsExactly((Runnable) future);
        }
    }

    @Scenario
    static void comparatorsSeeTheSubmittedObjects() throws Exception {
        List<Object> compared = Collections.synchronizedList(new ArrayList<>());
        Runnable first = () -> {};
        Runnable second = () -> {};
        BlockingQueue<Runnable> queue = new PriorityBlockingQueue<>(4, (a, b) -> {
            compared.add(a);
            compared.add(b);
            return 0;
        });
        try (BusyPool pool = HandOverFixtures.busyPool(queue);
                Scope scope = Containers.at("/handed/compared").enter()) {
            pool.execute(first);
            pool.execute(second);
            assertThat(compared).containsOnly(first, second);
        }
    }

    @Scenario
    static void subclassOfAPoolSeesTheSubmittedObjects() throws Exception {
        BusyPool pool = HandOverFixtures.busyPool(new LinkedBlockingQueue<>());
        Runnable task = () -> {};
        try (Scope scope = Containers.at("/handed/told").enter()) {
            pool.execute(task);
        }
        pool.close();
        assertThat(pool.before).contains(task);
        assertThat(pool.after).contains(task);
    }

    @Scenario
    static void rejectedTaskIsTheSubmittedObjectAndLeavesNoRecord() throws Exception {
        List<Runnable> rejected = new ArrayList<>();
        Container container = Containers.at("/handed/rejected");
        HandOverFixtures.PathRecorder where = new HandOverFixtures.PathRecorder();
        try (BusyPool pool = HandOverFixtures.busyPool(new ArrayBlockingQueue<>(1))) {
            pool.setRejectedExecutionHandler((task, by) -> rejected.add(task));
            pool.execute(() -> {});
            try (Scope scope = container.enter()) {
                pool.execute(where);
            }
            assertThat(rejected).containsExactly(where);
            pool.getQueue().clear();
            // Submitted from the root, which tasks do not take along.
            pool.execute(where);
        }
        assertThat(where.seen).containsExactly("/");
    }

    @Scenario
    static void objectSubmittedSeveralTimesRunsForEachSubmitterInOrder() throws Exception {
        for (BlockingQueue<Runnable> queue : HandOverFixtures.queues()) {
            HandOverFixtures.PathRecorder where = new HandOverFixtures.PathRecorder();
            BusyPool pool = HandOverFixtures.busyPool(queue);
            for (String path : List.of("/handed/a", "/handed/b", "/handed/a")) {
                try (Scope scope = Containers.at(path).enter()) {
                    pool.execute(where);
                }
            }
            pool.close();
            assertThat(where.seen)
                    .as(queue.getClass().getName())
                    .containsExactly("/handed/a", "/handed/b", "/handed/a");
        }
    }

    /** A rejected submission takes back its own record only. */
    @Scenario
    static void rejectionOfAWaitingObjectKeepsItsEarlierSubmitters() throws Exception {
        HandOverFixtures.PathRecorder where = new HandOverFixtures.PathRecorder();
        BusyPool pool = HandOverFixtures.busyPool(new ArrayBlockingQueue<>(2));
        for (String path : List.of("/handed/first", "/handed/second", "/handed/late")) {
            boolean isLate = path.equals("/handed/late");
            try (Scope scope = Containers.at(path).enter()) {
                pool.execute(where);
                assertThat(isLate).as("taken").isFalse();
            } catch (RejectedExecutionException full) {
                assertThat(isLate).as("rejected").isTrue();
            }
        }
        pool.close();
        assertThat(where.seen).containsExactly("/handed/first", "/handed/second");
    }

    @Scenario
    static void objectAlsoSubmittedFromTheRootRunsThereInItsTurn() throws Exception {
        HandOverFixtures.PathRecorder where = new HandOverFixtures.PathRecorder();
        BusyPool pool = HandOverFixtures.busyPool(new LinkedBlockingQueue<>());
        pool.execute(where);
        try (Scope scope = Containers.at("/handed/between").enter()) {
            pool.execute(where);
        }
        pool.execute(where);
        pool.close();
        assertThat(where.seen).containsExactly("/", "/handed/between", "/");
    }

    @Scenario
    static void firstTaskOfAWorkerRunsForItsSubmitter() throws Exception {
        for (BlockingQueue<Runnable> queue :
                List.of(new LinkedBlockingQueue<Runnable>(), new SynchronousQueue<Runnable>())) {
            HandOverFixtures.PathRecorder where = new HandOverFixtures.PathRecorder();
            ThreadPoolExecutor pool = new ThreadPoolExecutor(
                    0, 1, 60, TimeUnit.SECONDS, queue, task -> new Thread(task, "handed-1"));
            if (queue instanceof LinkedBlockingQueue) {
                pool.setCorePoolSize(1);
            }
            try (Scope scope = Containers.at("/handed/first").enter()) {
                pool.execute(where);
            }
            pool.shutdown();
            assertThat(pool.awaitTermination(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(where.seen).containsExactly("/handed/first");
        }
    }

    @Scenario
    static void tasksOfVirtualWorkersRunForTheirSubmitters() throws Exception {
        if (!ThreadKind.VIRTUAL.isSupported()) {
            return;
        }
        ThreadFactory virtual = ThreadKind.VIRTUAL::unstarted;
        HandOverFixtures.PathRecorder where = new HandOverFixtures.PathRecorder();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), virtual);
        for (String path : List.of("/handed/a", "/handed/b", "/handed/a")) {
            try (Scope scope = Containers.at(path).enter()) {
                pool.execute(where);
            }
        }
        pool.shutdown();
        assertThat(pool.awaitTermination(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(where.seen).containsExactly("/handed/a", "/handed/b", "/handed/a");
    }

    @Scenario
    static void tasksOfAPoolInsideAnotherPoolsTaskRunForTheirSubmitters() throws Exception {
        HandOverFixtures.PathRecorder where = new HandOverFixtures.PathRecorder();
        ThreadPoolExecutor outer =
                new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
        ThreadPoolExecutor inner = new ThreadPoolExecutor(
                1,
                1,
                10,
                TimeUnit.MILLISECONDS,
                new LinkedBlockingQueue<>(),
                work -> new Thread(() -> outer.execute(work)));
        // Its shutdown interrupts the thread made for the worker, not the one that runs it.
        inner.allowCoreThreadTimeOut(true);
        try (Scope scope = Containers.at("/handed/inner").enter()) {
            inner.execute(where);
        }
        inner.shutdown();
        assertThat(inner.awaitTermination(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
        try (Scope scope = Containers.at("/handed/outer").enter()) {
            outer.execute(where);
        }
        outer.shutdown();
        assertThat(outer.awaitTermination(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(where.seen).containsExactly("/handed/inner", "/handed/outer");
    }
}
