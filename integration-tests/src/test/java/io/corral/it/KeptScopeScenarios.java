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
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A worker stays in a container from one task of that to the next, and nobody can tell. */
final class KeptScopeScenarios {

    private static final Container A = Containers.at("/kept/a");
    private static final Container B = Containers.at("/kept/b");

    private static volatile Object garbage = "";

    private KeptScopeScenarios() {}

    /** One worker that has no time-out, and waits for {@link #open}. */
    private static final class Pool implements AutoCloseable {

        final List<Thread> made = Collections.synchronizedList(new ArrayList<>());

        /** Where the thread works that makes another. */
        final List<String> makers = Collections.synchronizedList(new ArrayList<>());

        final List<String> seen = Collections.synchronizedList(new ArrayList<>());
        final ThreadPoolExecutor executor;
        private final CountDownLatch opened = new CountDownLatch(1);

        Pool(String name) {
            executor = new ThreadPoolExecutor(
                    1, 1, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), task -> {
                        makers.add(Containers.current().path());
                        Thread thread = new Thread(task, name + "-1");
                        thread.setUncaughtExceptionHandler((dying, expected) -> {});
                        made.add(thread);
                        return thread;
                    });
            executor.execute(() -> Latches.await(opened));
        }

        void executeFrom(Container container, Runnable task) {
            try (Scope scope = container.enter()) {
                executor.execute(task);
            }
        }

        void look() {
            seen.add(Containers.current().path());
        }

        void open() {
            opened.countDown();
        }

        Thread worker() {
            return made.get(0);
        }

        /** Its worker waits for a task, or for a lock. */
        void awaitWaiting() {
            await(() -> worker().getState() == Thread.State.WAITING
                    || worker().getState() == Thread.State.TIMED_WAITING);
        }

        String whereItsWorkerWorks() {
            Member member = Objects.requireNonNull(Members.known(worker()));
            return member.working().container(Trees.MAIN).path();
        }

        /** Where its worker works when it waits for the next task. */
        String whereItWaits() throws Exception {
            CompletableFuture<Void> done = new CompletableFuture<>();
            executeFrom(A, () -> done.complete(null));
            open();
            done.get();
            awaitWaiting();
            return whereItsWorkerWorks();
        }

        /** The same if there was one when the worker began to look, and another takes that. */
        String whereItWaitsForWhatAnotherTook() throws Exception {
            CountDownLatch busy = new CountDownLatch(1);
            CountDownLatch isTaking = new CountDownLatch(1);
            CountDownLatch takes = new CountDownLatch(1);
            executeFrom(A, () -> Latches.await(busy));
            open();
            await(() -> executor.getQueue().isEmpty());
            executeFrom(A, this::look);
            Thread other = new Thread(() -> executor.getQueue().drainTo(new ArrayList<>() {
                private static final long serialVersionUID = 1;

                @Override
                public boolean add(Runnable task) {
                    isTaking.countDown();
                    Latches.await(takes);
                    return super.add(task);
                }
            }));
            other.start();
            Latches.await(isTaking);
            busy.countDown();
            await(() -> isAt("lockInterruptibly"));
            assertThat(whereItsWorkerWorks()).isEqualTo("/kept/a");
            takes.countDown();
            other.join();
            await(() -> isAt("await") || isAt("awaitNanos"));
            awaitWaiting();
            return whereItsWorkerWorks();
        }

        private boolean isAt(String method) {
            return Stream.of(worker().getStackTrace())
                    .anyMatch(frame -> frame.getMethodName().equals(method));
        }

        private static void await(BooleanSupplier condition) {
            long begun = System.nanoTime();
            while (!condition.getAsBoolean()) {
                assertThat(System.nanoTime() - begun).isLessThan(TimeUnit.MINUTES.toNanos(1));
                Thread.onSpinWait();
            }
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
        Container place = Containers.at("/pools/streak");
        Usage[] usage = new Usage[2];
        try (Pool pool = new Pool("streak")) {
            pool.executeFrom(A, () -> usage[0] = place.usage());
            for (int i = 0; i < 100; i++) {
                pool.executeFrom(A, pool::look);
            }
            pool.executeFrom(A, () -> usage[1] = place.usage());
        }
        assertThat(usage[1].cpuNanos()).isEqualTo(usage[0].cpuNanos()).isPositive();
    }

    @Scenario
    static void eachTaskIsWhereItComesFrom() throws Exception {
        try (Pool pool = new Pool("each")) {
            pool.executeFrom(A, pool::look);
            pool.executeFrom(A, pool::look);
            pool.executeFrom(B, pool::look);
            pool.executor.execute(pool::look);
            pool.executeFrom(B, pool::look);
            pool.executeFrom(A, pool::look);
            pool.close();
            assertThat(pool.seen)
                    .containsExactly(
                            "/kept/a", "/kept/a", "/kept/b", "/pools/each", "/kept/b", "/kept/a");
        }
    }

    @Scenario
    static void workerThatWaitsIsInThePoolsPlace() throws Exception {
        try (Pool pool = new Pool("waits")) {
            assertThat(pool.whereItWaits()).isEqualTo("/pools/waits");
        }
    }

    @Scenario
    static void workerThatWaitsForALimitedTimeIsInThePoolsPlace() throws Exception {
        try (Pool pool = new Pool("waits-shortly")) {
            pool.executor.allowCoreThreadTimeOut(true);
            assertThat(pool.whereItWaits()).isEqualTo("/pools/waits-shortly");
        }
    }

    @Scenario
    static void workerThatWaitsForWhatAnotherTookIsInThePoolsPlace() throws Exception {
        try (Pool pool = new Pool("late")) {
            assertThat(pool.whereItWaitsForWhatAnotherTook()).isEqualTo("/pools/late");
        }
    }

    @Scenario
    static void workerThatWaitsShortlyForWhatAnotherTookIsInThePoolsPlace() throws Exception {
        try (Pool pool = new Pool("late-shortly")) {
            pool.executor.allowCoreThreadTimeOut(true);
            assertThat(pool.whereItWaitsForWhatAnotherTook()).isEqualTo("/pools/late-shortly");
        }
    }

    /** Readers would have to estimate what it has allocated. */
    @Scenario
    static void workerThatHasAllocatedMuchSwitches() throws Exception {
        Container place = Containers.at("/pools/allocates");
        Usage[] usage = new Usage[2];
        try (Pool pool = new Pool("allocates")) {
            pool.executeFrom(A, () -> usage[0] = place.usage());
            pool.executeFrom(A, () -> garbage = new byte[2 << 20]);
            pool.executeFrom(A, () -> usage[1] = place.usage());
        }
        assertThat(usage[1].cpuNanos()).isGreaterThan(usage[0].cpuNanos());
    }

    @Scenario
    static void workerThatDiesMakesTheNextInThePoolsPlace() throws Exception {
        try (Pool pool = new Pool("dies")) {
            pool.executeFrom(A, pool::look);
            pool.executeFrom(A, () -> {
                throw new IllegalStateException("on purpose");
            });
            pool.executeFrom(A, pool::look);
            pool.close();
            assertThat(pool.made).hasSize(2);
            assertThat(pool.makers).last().isEqualTo("/pools/dies");
            assertThat(pool.seen).containsExactly("/kept/a", "/kept/a");
        }
    }

    @Scenario
    static void taskThatWaitsAtItsPoolsQueueStaysWhereItIs() throws Exception {
        try (Pool pool = new Pool("polls")) {
            pool.executeFrom(A, pool::look);
            pool.executeFrom(A, () -> {
                try {
                    pool.executor.getQueue().poll(1, TimeUnit.MILLISECONDS);
                } catch (InterruptedException interrupted) {
                    throw new IllegalStateException(interrupted);
                }
                pool.look();
            });
            pool.close();
            assertThat(pool.seen).containsExactly("/kept/a", "/kept/a");
        }
    }

    @Scenario
    static void scopeThatATaskForgetsToCloseIsNotTheNextOnes() throws Exception {
        try (Pool pool = new Pool("forgets")) {
            pool.executeFrom(A, pool::look);
            pool.executeFrom(A, B::enter);
            pool.executeFrom(A, pool::look);
            pool.close();
            assertThat(pool.seen).containsExactly("/kept/a", "/kept/a");
        }
    }

    @Scenario
    static void taskOfAContainerThatIsRemovedMeanwhileIsItsParents() throws Exception {
        Container removed = Containers.at("/kept/parent/removed");
        try (Pool pool = new Pool("removes")) {
            pool.executeFrom(removed, pool::look);
            pool.executeFrom(removed, removed::remove);
            pool.executeFrom(removed, pool::look);
            pool.close();
            assertThat(pool.seen).containsExactly("/kept/parent/removed", "/kept/parent");
        }
    }

    @Scenario
    static void whoDerivesAPoolIsCalledInThePoolsPlace() throws Exception {
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
        pool.execute(() -> Latches.await(opened));
        try (Scope scope = A.enter()) {
            pool.execute(() -> {});
            pool.execute(() -> {});
        }
        opened.countDown();
        pool.shutdown();
        assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        assertThat(seen).hasSize(6).containsOnly("/pools/derived");
    }
}
