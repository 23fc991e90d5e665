package io.corral.integration.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;
import io.corral.integration.harness.Scenario;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** With hand-over switched off, a pool's tasks are charged to the pool. */
final class HandOverOffScenarios {

    private HandOverOffScenarios() {}

    @Scenario(14)
    static void workOfAPoolIsChargedToThePool() throws Exception {
        Container container = Containers.at("/no-hand-over");
        ExecutorService pool = Executors.newFixedThreadPool(1, task -> new Thread(task, "alone-1"));
        try (Scope scope = container.enter()) {
            assertThat(pool.submit(() -> Containers.current().path()).get())
                    .isEqualTo("/pools/alone");
            assertThat(CompletableFuture.supplyAsync(() -> Containers.current().path(), pool)
                            .get())
                    .isEqualTo("/pools/alone");
            burn(pool);
            long own = container.usage().cpuNanos();
            long pools = Containers.at("/pools/alone").usage().cpuNanos();
            burn(pool);
            long used = Containers.at("/pools/alone").usage().cpuNanos() - pools;
            // The submitter has submitted them and waited.
            assertThat(container.usage().cpuNanos() - own).isLessThan(used / 10);
        }
        pool.shutdown();
    }

    private static void burn(ExecutorService pool) throws Exception {
        for (int i = 0; i < 200; i++) {
            pool.execute(Shares::burn);
        }
        pool.submit(() -> {}).get();
    }

    @Scenario
    static void tasksOfOtherPoolsAreChargedToThosePools() throws Exception {
        ForkJoinPool joining = new ForkJoinPool(1);
        ScheduledExecutorService scheduled =
                Executors.newScheduledThreadPool(1, task -> new Thread(task, "scheduled-1"));
        ExecutorService dependents =
                Executors.newFixedThreadPool(1, task -> new Thread(task, "dependents-1"));
        Timer timer = new Timer("timer-1");
        CompletableFuture<String> timed = new CompletableFuture<>();
        CompletableFuture<String> first = new CompletableFuture<>();
        try (Scope scope = Containers.at("/no-hand-over/others").enter()) {
            assertThat(joining.submit(HandOverOffScenarios::currentPath).get())
                    .matches("/pools/ForkJoinPool-\\d+-worker");
            assertThat(joining.submit(() -> IntStream.range(0, 4)
                                    .parallel()
                                    .mapToObj(i -> currentPath())
                                    .toList())
                            .get())
                    .allMatch(path -> path.startsWith("/pools/ForkJoinPool"));
            assertThat(scheduled
                            .schedule(HandOverOffScenarios::currentPath, 1, TimeUnit.MILLISECONDS)
                            .get())
                    .isEqualTo("/pools/scheduled");
            CompletableFuture<String> dependent =
                    first.thenApplyAsync(unused -> currentPath(), dependents);
            first.complete("now");
            assertThat(dependent.get()).isEqualTo("/pools/dependents");
            timer.schedule(
                    new TimerTask() {
                        @Override
                        public void run() {
                            timed.complete(currentPath());
                        }
                    },
                    1);
            assertThat(timed.get()).isEqualTo("/pools/timer");
        }
        joining.shutdown();
        scheduled.shutdown();
        dependents.shutdown();
        timer.cancel();
    }

    private static String currentPath() {
        return Containers.current().path();
    }
}
