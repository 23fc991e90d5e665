package io.corral.integration.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;
import io.corral.integration.harness.Scenario;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Fork-join tasks that several workers steal from one another, for several submitters at once. */
final class ForkedTasksScenarios {

    private static final Container A = Containers.at("/forked/a");
    private static final Container B = Containers.at("/forked/b");

    private static final int TASKS_AT_ONCE = 8;
    private static final int DEPTH = 12;

    private ForkedTasksScenarios() {}

    @Scenario
    static void stolenTasksRunInTheirSubmittersContainer() throws Exception {
        runTrees(new ForkJoinPool(4));
    }

    /** The oldest task of a worker is run first, so many wait at the same time. */
    @Scenario
    static void tasksOfAPoolInAsyncModeRunInTheirSubmittersContainer() throws Exception {
        runTrees(new ForkJoinPool(4, ForkJoinPool.defaultForkJoinWorkerThreadFactory, null, true));
    }

    private static void runTrees(ForkJoinPool pool) throws Exception {
        for (int round = 0; round < 5; round++) {
            List<Tree> trees = new ArrayList<>();
            for (int i = 0; i < TASKS_AT_ONCE; i++) {
                trees.add(submit(pool, A));
                trees.add(submit(pool, B));
                trees.add(submit(pool, null));
            }
            trees.forEach(ForkJoinTask::join);
            assertThat(trees).allSatisfy(tree -> {
                assertThat(tree.counts.run.get()).isEqualTo(1 << DEPTH);
                assertThat(tree.counts.elsewhere.get()).isZero();
            });
        }
        pool.shutdown();
        assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }

    private static Tree submit(ForkJoinPool pool, @Nullable Container submitter) {
        Tree tree = new Tree(new Counts(submitter), DEPTH);
        if (submitter == null) {
            pool.execute(tree);
        } else {
            try (Scope scope = submitter.enter()) {
                pool.execute(tree);
            }
        }
        return tree;
    }

    /**
     * A worker forks more tasks than its stack of submitters holds, and runs the last one first.
     */
    @Scenario
    static void manyTasksThatOneWorkerForksRunForTheirSubmitter() throws Exception {
        ForkJoinPool pool = new ForkJoinPool(1);
        Counts counts = new Counts(A);
        try (Scope scope = A.enter()) {
            pool.submit(() -> {
                        List<ForkJoinTask<?>> forked = new ArrayList<>();
                        for (int i = 0; i < 1_000; i++) {
                            forked.add(new Tree(counts, 0).fork());
                        }
                        forked.forEach(ForkJoinTask::join);
                    })
                    .get();
        }
        assertThat(counts.run.get()).isEqualTo(1_000);
        assertThat(counts.elsewhere.get()).isZero();
        pool.shutdown();
        assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }

    @Scenario
    static void unforkedTaskIsCollected() throws Exception {
        ForkJoinPool pool = new ForkJoinPool(1);
        try (Scope scope = A.enter()) {
            pool.submit(() -> {
                        List<WeakReference<Object>> unforked = new ArrayList<>();
                        for (int i = 0; i < 100; i++) {
                            ForkJoinTask<?> task = new Tree(new Counts(A), 0).fork();
                            assertThat(task.tryUnfork()).isTrue();
                            unforked.add(new WeakReference<>(task));
                        }
                        unforked.forEach(HandOverFixtures::assertIsCollected);
                    })
                    .get();
        }
        pool.shutdown();
        assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }

    /** In a JVM in which a task was taken back, records are kept in another way. */
    @Scenario
    static void reusedTaskRunsInItsNewSubmittersContainerAfterAnUnfork() throws Exception {
        ForkJoinPool pool = new ForkJoinPool(2);
        for (int round = 0; round < 100; round++) {
            Counts counts = new Counts(B);
            Tree unforked = new Tree(counts, 1);
            try (Scope scope = A.enter()) {
                pool.submit(() -> {
                            unforked.fork();
                            if (unforked.tryUnfork()) {
                                unforked.fork();
                            }
                            unforked.join();
                        })
                        .get();
            }
            unforked.reinitialize();
            counts.elsewhere.set(0);
            try (Scope scope = B.enter()) {
                pool.submit(() -> unforked.fork().join()).get();
            }
            assertThat(counts.elsewhere.get()).isZero();
        }
        pool.shutdown();
        assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }

    private static final class Counts {

        private final @Nullable Container expected;
        private final AtomicInteger run = new AtomicInteger();
        private final AtomicInteger elsewhere = new AtomicInteger();

        Counts(@Nullable Container expected) {
            this.expected = expected;
        }

        void count() {
            run.incrementAndGet();
            Container here = Containers.current();
            boolean isRight =
                    expected == null ? here.path().startsWith("/pools/") : here == expected;
            if (!isRight) {
                elsewhere.incrementAndGet();
            }
        }
    }

    /** A binary tree of tasks, whose leaves count. */
    private static final class Tree extends RecursiveAction {

        private static final long serialVersionUID = 1;

        private final transient Counts counts;
        private final int depth;

        Tree(Counts counts, int depth) {
            this.counts = counts;
            this.depth = depth;
        }

        @Override
        protected void compute() {
            if (depth == 0) {
                counts.count();
                return;
            }
            Tree left = new Tree(counts, depth - 1);
            left.fork();
            new Tree(counts, depth - 1).invoke();
            left.join();
        }
    }
}
