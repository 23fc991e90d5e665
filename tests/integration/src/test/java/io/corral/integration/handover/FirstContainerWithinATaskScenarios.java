package io.corral.integration.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;
import io.corral.integration.harness.Scenario;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.TimeUnit;

/** A task makes the first container of a JVM and forks another task from there. */
final class FirstContainerWithinATaskScenarios {

    private FirstContainerWithinATaskScenarios() {}

    @Scenario
    static void joinedTaskLeavesNoScopeOpen() throws Exception {
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        ForkJoinPool pool = new ForkJoinPool(1);
        pool.execute(() -> {
            seen.add(Containers.current().path());
            Container first = Containers.at("/first");
            ForkJoinTask<?> forked = ForkJoinTask.adapt(() -> {
                seen.add(Containers.current().path());
            });
            try (Scope scope = first.enter()) {
                forked.fork();
            }
            forked.join();
            seen.add(Containers.current().path());
        });
        pool.shutdown();
        assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        String pools = seen.get(0);
        assertThat(seen).containsExactly(pools, "/first", pools);
        assertThat(pools).startsWith("/pools/");
    }
}
