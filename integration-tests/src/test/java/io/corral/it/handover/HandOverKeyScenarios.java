package io.corral.it.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;
import io.corral.it.harness.Scenario;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * In a JVM in which nobody has entered anything yet, and what stands in the way of tasks was compiled to nothing: of the first
 * scope on it is all there.
 */
final class HandOverKeyScenarios {

    /** For the last of the compilers. */
    private static final int TASKS = 200_000;

    private HandOverKeyScenarios() {}

    @Scenario
    static void placesAreTakenAlongByWhatWasCompiledBeforeThereWereAny() throws Exception {
        ExecutorService fixed =
                Executors.newFixedThreadPool(1, task -> new Thread(task, "key-" + 1));
        ExecutorService bounded = new ThreadPoolExecutor(
                1,
                1,
                1,
                TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(16),
                task -> new Thread(task, "bounded-" + 1),
                new ThreadPoolExecutor.CallerRunsPolicy());
        Map<String, Executor> pools = new LinkedHashMap<>();
        pools.put("fixed", fixed);
        pools.put("bounded", bounded);
        pools.put("common", ForkJoinPool.commonPool());
        for (Executor pool : pools.values()) {
            compile(pool);
        }
        assertThat(where(fixed)).isEqualTo("/pools/key");

        // The first scope of all is a task's that forgets it.
        where(fixed, HandOverKeyScenarios::enterAndForget);
        assertThat(where(fixed)).isEqualTo("/pools/key");

        Container submitter = Containers.at("/key/submitter");
        for (Map.Entry<String, Executor> pool : pools.entrySet()) {
            try (Scope scope = submitter.enter()) {
                assertThat(where(pool.getValue())).as(pool.getKey()).isEqualTo(submitter.path());
            }
            assertThat(where(pool.getValue())).as(pool.getKey()).startsWith("/pools/");
        }
        fixed.shutdown();
        bounded.shutdown();
    }

    static void compile(Executor pool) throws Exception {
        LongAdder done = new LongAdder();
        for (int i = 0; i < TASKS; i++) {
            pool.execute(done::increment);
            if (i % 10_000 == 0) {
                where(pool);
            }
        }
        while (done.sum() < TASKS) {
            Thread.sleep(1);
        }
    }

    static void enterAndForget() {
        Containers.at("/key/forgotten").enter();
    }

    static String where(Executor pool) throws Exception {
        return where(pool, () -> {});
    }

    /** Where a task works when it begins. */
    static String where(Executor pool, Runnable task) throws Exception {
        CompletableFuture<String> where = new CompletableFuture<>();
        pool.execute(() -> {
            String begun = Containers.current().path();
            task.run();
            where.complete(begun);
        });
        return where.get(1, TimeUnit.MINUTES);
    }
}
