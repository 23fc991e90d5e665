package io.corral.integration.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Containers;
import io.corral.Scope;
import io.corral.integration.harness.Scenario;
import io.corral.integration.support.Waits;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;

/** Futures, which have a field for their submitter, however the application uses them. */
final class FutureTaskScenarios {

    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

    private FutureTaskScenarios() {}

    private void recordContainer() {
        seen.add(Containers.current().path());
    }

    private FutureTask<Void> future() {
        return new FutureTask<>(this::recordContainer, null);
    }

    @Scenario
    static void futureSubmittedTwiceRunsForItsFirstSubmitter() throws Exception {
        FutureTaskScenarios here = new FutureTaskScenarios();
        FutureTask<Void> future = here.future();
        try (BusyPool pool = busyPool(2)) {
            pool.executeFrom("/remembering/first", future);
            pool.executeFrom("/remembering/second", future);
        }
        assertThat(here.seen).containsExactly("/remembering/first");
    }

    @Scenario
    static void futureThatTheRootSubmitsFirstRunsInThePoolsContainer() throws Exception {
        FutureTaskScenarios here = new FutureTaskScenarios();
        FutureTask<Void> future = here.future();
        try (BusyPool pool = busyPool(3)) {
            // Turns hand-over on.
            pool.executeFrom("/remembering/before", () -> {});
            pool.execute(future);
            pool.executeFrom("/remembering/second", future);
        }
        assertThat(here.seen).containsExactly("/pools/remembering");
    }

    @Scenario
    static void repeatedTaskThatRemovesItselfKeepsItsSubmitter() throws Exception {
        FutureTaskScenarios here = new FutureTaskScenarios();
        ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(1);
        List<Runnable> task = new CopyOnWriteArrayList<>();
        CountDownLatch thrice = new CountDownLatch(3);
        try (Scope scope = Containers.at("/remembering/repeated").enter()) {
            task.add((Runnable) pool.scheduleAtFixedRate(
                    () -> {
                        here.recordContainer();
                        task.forEach(pool::remove);
                        thrice.countDown();
                    },
                    1,
                    1,
                    TimeUnit.MILLISECONDS));
        }
        Waits.await(thrice);
        pool.shutdownNow();
        assertThat(here.seen).containsOnly("/remembering/repeated");
    }

    @Scenario
    static void rejectedFutureKeepsItsSubmitter() throws Exception {
        FutureTaskScenarios here = new FutureTaskScenarios();
        FutureTask<Void> future = here.future();
        try (BusyPool full = busyPool(1);
                BusyPool other = busyPool(1)) {
            full.execute(() -> {});
            Assertions.assertThatThrownBy(() -> full.executeFrom("/remembering/rejected", future))
                    .isInstanceOf(RejectedExecutionException.class);
            // Submitted again, for example by a thread that retries.
            other.execute(future);
        }
        assertThat(here.seen).containsExactly("/remembering/rejected");
    }

    @Scenario
    static void removedFutureRunsForItsNextSubmitter() throws Exception {
        FutureTaskScenarios here = new FutureTaskScenarios();
        FutureTask<Void> future = here.future();
        try (BusyPool pool = busyPool(1)) {
            pool.executeFrom("/remembering/removed", future);
            assertThat(pool.remove(future)).isTrue();
            pool.executeFrom("/remembering/given-again", future);
        }
        assertThat(here.seen).containsExactly("/remembering/given-again");
    }

    /** A task that runs repeatedly, as tasks of an application's own scheduler do. */
    @Scenario
    static void futureThatRunsAgainRunsForItsNewSubmitter() throws Exception {
        FutureTaskScenarios here = new FutureTaskScenarios();
        class RerunnableTask extends FutureTask<Void> {
            RerunnableTask() {
                super(here::recordContainer, null);
            }

            @Override
            public void run() {
                runAndReset();
            }
        }
        FutureTask<Void> future = new RerunnableTask();
        for (String path : List.of("/remembering/a", "/remembering/b")) {
            try (BusyPool pool = busyPool(1)) {
                pool.executeFrom(path, future);
            }
        }
        assertThat(here.seen).containsExactly("/remembering/a", "/remembering/b");
    }

    @Scenario
    static void cancelledFutureLeavesNoScopeOpen() throws Exception {
        FutureTaskScenarios here = new FutureTaskScenarios();
        try (BusyPool pool = busyPool(2)) {
            FutureTask<Void> cancelled = here.future();
            pool.executeFrom("/remembering/cancelled", cancelled);
            cancelled.cancel(false);
            pool.execute(here::recordContainer);
        }
        assertThat(here.seen).containsExactly("/pools/remembering");
    }

    @Scenario
    static void toStringOfTasksIsAsWithoutTheAgent() throws Exception {
        Runnable named = new Runnable() {
            @Override
            public void run() {}

            @Override
            public String toString() {
                return "named";
            }
        };
        try (BusyPool pool = busyPool(2);
                Scope scope = Containers.at("/remembering/tells").enter()) {
            Future<?> future = pool.submit(named);
            pool.execute(named);
            assertThat(future.toString())
                    .contains("[Not completed, task ="
                            + " java.util.concurrent.Executors$RunnableAdapter@")
                    .endsWith("[Wrapped task = named]]");
            assertThat(pool.getQueue().toString())
                    .isEqualTo("[" + future + ", named]")
                    .doesNotContain("corral");
        }
    }

    private static BusyPool busyPool(int room) {
        return new BusyPool(
                "remembering-1",
                room == 1 ? new ArrayBlockingQueue<>(1) : new LinkedBlockingQueue<>(room));
    }
}
