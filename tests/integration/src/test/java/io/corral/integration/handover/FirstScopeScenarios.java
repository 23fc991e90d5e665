package io.corral.integration.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;
import io.corral.integration.harness.Scenario;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The first scope of a JVM, which a task opens: until then the hooks of hand-over do nothing. */
final class FirstScopeScenarios {

    private FirstScopeScenarios() {}

    @Scenario
    static void workersThatStartedBeforeTheFirstScopeRunTasksForTheirSubmitters() throws Exception {
        ExecutorService fixed =
                Executors.newFixedThreadPool(1, task -> new Thread(task, "first-1"));
        ExecutorService bounded = new ThreadPoolExecutor(
                1,
                1,
                1,
                TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(16),
                task -> new Thread(task, "bounded-1"));
        List<Executor> pools = List.of(fixed, bounded, ForkJoinPool.commonPool());
        for (Executor pool : pools) {
            assertThat(taskPath(pool)).startsWith("/pools/");
        }
        assertForgottenScopeIsClosed(fixed);
        Container submitter = Containers.at("/first/submitter");
        for (Executor pool : pools) {
            try (Scope scope = submitter.enter()) {
                assertThat(taskPath(pool)).as(pool.toString()).isEqualTo(submitter.path());
            }
            assertThat(taskPath(pool)).as(pool.toString()).startsWith("/pools/");
        }
        fixed.shutdown();
        bounded.shutdown();
    }

    /** The first scope of all, which is closed at the end of its task. */
    static void assertForgottenScopeIsClosed(Executor pool) {
        String before = taskPath(pool);
        CompletableFuture<Scope> entered = new CompletableFuture<>();
        pool.execute(() -> entered.complete(Containers.at("/first/forgotten").enter()));
        entered.join();
        assertThat(taskPath(pool)).isEqualTo(before);
    }

    static String taskPath(Executor pool) {
        CompletableFuture<String> where = new CompletableFuture<>();
        pool.execute(() -> where.complete(Containers.current().path()));
        return where.join();
    }
}
