package io.corral.integration.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
import io.corral.integration.harness.Scenario;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** In a JVM without a scope, a submitter works in its home. */
final class HandOverFromHomeScenarios {

    private static final long TIMEOUT_SECONDS = 60;

    private HandOverFromHomeScenarios() {}

    @Scenario
    static void taskRunsInItsSubmittersHome() throws Exception {
        List<BlockingQueue<Runnable>> queues = List.of(
                new LinkedBlockingQueue<>(), new SynchronousQueue<>(), new ArrayBlockingQueue<>(4));
        for (BlockingQueue<Runnable> queue : queues) {
            ThreadPoolExecutor pool = new ThreadPoolExecutor(
                    1, 4, 60, TimeUnit.SECONDS, queue, task -> new Thread(task, "home-1"));
            Map<Runnable, String> seen = Collections.synchronizedMap(new IdentityHashMap<>());
            Runnable first = noting(seen);
            Runnable second = noting(seen);
            Container home = Containers.at("/home/" + queue.getClass().getSimpleName());
            Thread submitter = new Thread(() -> {
                pool.execute(first);
                pool.execute(second);
                pool.submit(noting(seen));
            });
            home.start(submitter);
            submitter.join();
            pool.shutdown();
            assertThat(pool.awaitTermination(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(seen.values()).hasSize(3).containsOnly(home.path());
        }
    }

    private static Runnable noting(Map<Runnable, String> seen) {
        return new Runnable() {
            @Override
            public void run() {
                seen.put(this, Containers.current().path());
            }
        };
    }
}
