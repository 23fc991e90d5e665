package io.corral.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;
import io.corral.it.harness.Scenario;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** With hand-over switched off all that a pool does is the pool's. */
final class NoHandOverScenarios {

    private NoHandOverScenarios() {}

    @Scenario(14)
    static void whatAPoolDoesIsThePools() throws Exception {
        Container container = Containers.at("/no-hand-over");
        ExecutorService pool = Executors.newFixedThreadPool(1, task -> new Thread(task, "alone-1"));
        try (Scope scope = container.enter()) {
            assertThat(pool.submit(() -> Containers.current().path()).get())
                    .isEqualTo("/pools/alone");
            assertThat(CompletableFuture.supplyAsync(() -> Containers.current().path(), pool)
                            .get())
                    .isEqualTo("/pools/alone");
            for (int i = 0; i < 200; i++) {
                pool.submit(Shares::burn).get();
            }
        }
        pool.submit(() -> {}).get();
        long pools = Containers.at("/pools/alone").usage().cpuNanos();
        assertThat(pools).isGreaterThan(container.usage().cpuNanos());
        pool.shutdown();
    }
}
