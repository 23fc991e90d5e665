package io.corral.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;
import io.corral.Usage;
import io.corral.it.harness.Scenario;
import io.corral.runtime.membership.Member;
import io.corral.runtime.membership.Members;
import io.corral.runtime.membership.Trees;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CountedCompleter;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** As {@link KeptScopeScenarios}, of a fork-join pool's worker. */
final class KeptForkJoinScenarios {

    private static final Container A = Containers.at("/kept/a");
    private static final Container B = Containers.at("/kept/b");

    private KeptForkJoinScenarios() {}

    /** One worker, which waits for {@link #open}. */
    private static final class Pool implements AutoCloseable {

        final List<String> seen = Collections.synchronizedList(new ArrayList<>());
        final ForkJoinPool executor = new ForkJoinPool(1);

        /** What it does on its own is charged to this. */
        final Container place;

        final Thread worker;
        private final CountDownLatch opened = new CountDownLatch(1);

        Pool() throws Exception {
            CompletableFuture<Thread> first = new CompletableFuture<>();
            executor.execute(() -> {
                first.complete(Thread.currentThread());
                Latches.await(opened);
            });
            worker = first.get();
            place = Containers.of(worker);
        }

        void executeFrom(Container container, Runnable task) {
            try (Scope scope = container.enter()) {
                executor.execute(task);
            }
        }

        void look() {
            String path = Containers.current().path();
            seen.add(path.equals(place.path()) ? "the pool's" : path);
        }

        void open() {
            opened.countDown();
        }

        @Override
        public void close() throws InterruptedException {
            open();
            executor.shutdown();
            assertThat(executor.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        }
    }

    /** What is charged nothing between two tasks was not switched to. (The clocks are exact.) */
    @Scenario
    static void poolIsChargedNothingBetweenTasksOfOneContainer() throws Exception {
        Usage[] usage = new Usage[2];
        try (Pool pool = new Pool()) {
            pool.executeFrom(A, () -> usage[0] = pool.place.usage());
            for (int i = 0; i < 100; i++) {
                pool.executeFrom(A, pool::look);
            }
            pool.executeFrom(A, () -> usage[1] = pool.place.usage());
        }
        assertThat(usage[1].cpuNanos()).isEqualTo(usage[0].cpuNanos()).isPositive();
    }

    @Scenario
    static void eachTaskIsWhereItComesFrom() throws Exception {
        try (Pool pool = new Pool()) {
            pool.executeFrom(A, pool::look);
            pool.executeFrom(A, pool::look);
            pool.executeFrom(B, pool::look);
            pool.executor.execute(pool::look);
            pool.executeFrom(B, pool::look);
            pool.executeFrom(A, B::enter);
            pool.executeFrom(A, pool::look);
            pool.close();
            assertThat(pool.seen)
                    .containsExactly(
                            "/kept/a", "/kept/a", "/kept/b", "the pool's", "/kept/b", "/kept/a");
        }
    }

    @Scenario
    static void taskWithinATaskLeavesNothingOpen() throws Exception {
        try (Pool pool = new Pool()) {
            ForkJoinTask<?> within = ForkJoinTask.adapt(pool::look);
            pool.executor.execute(() -> {
                within.invoke();
                pool.look();
                ForkJoinTask.adapt(pool::look).invoke();
                pool.look();
            });
            try (Scope scope = A.enter()) {
                pool.executor.execute(within);
            }
            pool.close();
            assertThat(pool.seen)
                    .containsExactly("/kept/a", "the pool's", "the pool's", "the pool's");
        }
    }

    @Scenario
    static void taskThatATaskForksIsWhereThatIs() throws Exception {
        try (Pool pool = new Pool()) {
            pool.executeFrom(A, () -> {
                ForkJoinTask.adapt(pool::look).fork();
                try (Scope scope = B.enter()) {
                    ForkJoinTask.adapt(pool::look).fork();
                }
            });
            pool.executor.execute(pool::look);
            pool.close();
            assertThat(pool.seen).containsExactlyInAnyOrder("/kept/a", "/kept/b", "the pool's");
        }
    }

    @Scenario
    static void workerThatWaitsIsInThePoolsPlace() throws Exception {
        try (Pool pool = new Pool()) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            pool.executeFrom(A, () -> done.complete(null));
            pool.open();
            done.get();
            long begun = System.nanoTime();
            while (pool.worker.getState() != Thread.State.WAITING
                    && pool.worker.getState() != Thread.State.TIMED_WAITING) {
                assertThat(System.nanoTime() - begun).isLessThan(TimeUnit.MINUTES.toNanos(1));
                Thread.onSpinWait();
            }
            Member member = Objects.requireNonNull(Members.known(pool.worker));
            assertThat(member.working().container(Trees.MAIN)).isEqualTo(pool.place);
        }
    }

    @Scenario
    static void taskOfAContainerThatIsRemovedMeanwhileIsItsParents() throws Exception {
        Container removed = Containers.at("/kept/parent/removed");
        try (Pool pool = new Pool()) {
            pool.executeFrom(removed, pool::look);
            pool.executeFrom(removed, removed::remove);
            pool.executeFrom(removed, pool::look);
            pool.close();
            assertThat(pool.seen).containsExactly("/kept/parent/removed", "/kept/parent");
        }
    }

    /** Between two tasks, of which the first has left its scope open: it is asked again and again. */
    @Scenario
    static void workerThatMakesAnotherIsInThePoolsPlace() throws Exception {
        if (Runtime.version().feature() < 25) {
            // A factory that has refused once is asked no more, and its pool does not terminate.
            return;
        }
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
        pool.execute(() -> Latches.await(opened));
        try (Scope scope = A.enter()) {
            for (int i = 0; i < 100; i++) {
                pool.execute(run::countDown);
            }
        }
        opened.countDown();
        Latches.await(run);
        pool.shutdown();
        assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        assertThat(makers).isNotEmpty().allMatch(path -> path.startsWith("/pools/"));
    }

    /** A task can't throw, but what it calls when it has thrown can. */
    @Scenario
    static void workerThatDiesEndsAndMakesTheNextInThePoolsPlace() throws Exception {
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch opened = new CountDownLatch(1);
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
                (dying, failure) -> seen.add("caught at " + Containers.current().path()),
                false);
        CountDownLatch run = new CountDownLatch(1);
        pool.execute(() -> Latches.await(opened));
        try (Scope scope = A.enter()) {
            pool.execute(() -> {});
            pool.execute(new FailsTwice());
            pool.execute(() -> {
                seen.add("run at " + Containers.current().path());
                run.countDown();
            });
        }
        opened.countDown();
        Latches.await(run);
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
