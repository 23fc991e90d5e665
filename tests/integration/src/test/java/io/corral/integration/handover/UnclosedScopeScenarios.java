package io.corral.integration.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Hierarchy;
import io.corral.Scope;
import io.corral.integration.harness.Scenario;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Scopes that a task leaves open do not affect the worker's next task. */
final class UnclosedScopeScenarios {

    private UnclosedScopeScenarios() {}

    @Scenario
    static void scopeLeftOpenByATaskIsClosed() throws Exception {
        ExecutorService pool =
                Executors.newFixedThreadPool(1, task -> new Thread(task, "forgetful-1"));
        Container container = Containers.at("/handed/forgotten");
        pool.submit(() -> container.enter()).get();
        assertThat(pool.submit(() -> Containers.current().path()).get())
                .isEqualTo("/pools/forgetful");
        try (Scope scope = Containers.at("/handed/submitter").enter()) {
            pool.submit(() -> container.enter()).get();
            assertThat(pool.submit(() -> Containers.current().path()).get())
                    .isEqualTo("/handed/submitter");
        }
        pool.shutdown();
    }

    @Scenario
    static void scopeLeftOpenByARepeatedTaskIsClosed() throws Exception {
        ScheduledExecutorService pool = Executors.newScheduledThreadPool(1);
        Container forgotten = Containers.at("/handed/forgotten-again");
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch thrice = new CountDownLatch(3);
        try (Scope scope = Containers.at("/handed/repeats").enter()) {
            pool.scheduleAtFixedRate(
                    () -> {
                        seen.add(Containers.current().path());
                        forgotten.enter();
                        thrice.countDown();
                    },
                    0,
                    1,
                    TimeUnit.MILLISECONDS);
        }
        thrice.await();
        pool.shutdownNow();
        assertThat(seen).containsOnly("/handed/repeats");
    }

    @Scenario
    static void scopeLeftOpenByAForkJoinTaskIsClosed() throws Exception {
        ForkJoinPool pool = new ForkJoinPool(1);
        Container container = Containers.at("/handed/forgotten-there");
        pool.submit(() -> container.enter()).get();
        assertThat(pool.submit(() -> Containers.current().path()).get())
                .matches("/pools/ForkJoinPool-\\d+-worker");
        pool.shutdown();
    }

    @Scenario
    static void taskOfARemovedContainerRunsInItsParent() throws Exception {
        Container removed = Containers.at("/handed/parent/removed");
        HandOverFixtures.PathRecorder where = new HandOverFixtures.PathRecorder();
        BusyPool pool = HandOverFixtures.busyPool(new LinkedBlockingQueue<>());
        try (Scope scope = removed.enter()) {
            pool.execute(where);
        }
        removed.remove();
        pool.close();
        assertThat(where.seen).containsExactly("/handed/parent");
    }

    @Scenario
    static void objectSubmittedManyTimesRunsForEachSubmitterInOrder() throws Exception {
        for (BlockingQueue<Runnable> queue : HandOverFixtures.queues()) {
            HandOverFixtures.PathRecorder where = new HandOverFixtures.PathRecorder();
            BusyPool pool = HandOverFixtures.busyPool(queue);
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 30_000; i++) {
                String path = i % 3 == 0 ? "/handed/a" : "/handed/b";
                expected.add(path);
                try (Scope scope = Containers.at(path).enter()) {
                    pool.execute(where);
                }
            }
            pool.close();
            assertThat(where.seen).as(queue.getClass().getName()).isEqualTo(expected);
        }
    }

    @Scenario
    static void taskKeepsThePoolsContainerInOtherHierarchies() throws Exception {
        Hierarchy tenants = Containers.hierarchy("handed-tenants");
        ExecutorService pool = Executors.newFixedThreadPool(1, task -> new Thread(task, "ways-1"));
        pool.submit(() -> {}).get();
        try (Scope scope = tenants.at("/acme").enter()) {
            assertThat(pool.submit(() -> Containers.current().path() + " "
                                    + tenants.current().path())
                            .get())
                    .isEqualTo("/pools/ways /acme");
        }
        assertThat(pool.submit(() -> tenants.current().path()).get()).isEqualTo("/");
        pool.shutdown();
    }

    @Scenario
    static void taskThatThrowsEndsItsScope() throws Exception {
        ExecutorService pool =
                Executors.newFixedThreadPool(1, task -> new Thread(task, "throws-1"));
        try (Scope scope = Containers.at("/handed/throws").enter()) {
            Future<?> failing = pool.submit(() -> {
                throw new IllegalStateException("on purpose");
            });
            assertThat(org.assertj.core.api.Assertions.catchThrowable(failing::get))
                    .hasCauseInstanceOf(IllegalStateException.class);
        }
        assertThat(pool.submit(() -> Containers.current().path()).get()).isEqualTo("/pools/throws");
        pool.shutdown();
    }

    @Scenario
    static void callerThatRunsATaskItselfStaysInItsContainer() throws Exception {
        Container container = Containers.at("/handed/caller");
        HandOverFixtures.PathRecorder where = new HandOverFixtures.PathRecorder();
        try (BusyPool pool = HandOverFixtures.busyPool(new ArrayBlockingQueue<>(1))) {
            pool.setRejectedExecutionHandler(new ThreadPoolExecutor.CallerRunsPolicy());
            pool.execute(() -> {});
            try (Scope scope = container.enter()) {
                pool.execute(where);
                assertThat(Containers.current()).isSameAs(container);
            }
        }
        assertThat(where.seen).containsExactly("/handed/caller");
    }
}
