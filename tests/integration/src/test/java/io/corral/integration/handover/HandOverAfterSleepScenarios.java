package io.corral.integration.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Containers;
import io.corral.Scope;
import io.corral.integration.harness.Scenario;
import io.corral.integration.harness.ThreadKind;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The JVM's first tasks are those of virtual threads that sleep. A sleep of JDK 21 loads classes of
 * tasks where the JVM calls no transformer.
 */
final class HandOverAfterSleepScenarios {

    private HandOverAfterSleepScenarios() {}

    @Scenario(since = 21)
    static void firstTaskOfAPoolIsChargedToItsSubmitter() throws Exception {
        sleepInAVirtualThread();
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
        HandOverFixtures.PathRecorder where = new HandOverFixtures.PathRecorder();
        try (Scope scope = Containers.at("/slept/first").enter()) {
            pool.execute(where);
            pool.submit(where).get();
        }
        pool.shutdown();
        assertThat(where.seen).containsExactly("/slept/first", "/slept/first");
    }

    @Scenario(since = 21)
    static void eachRunOfAScheduledTaskIsChargedToItsSubmitter() throws Exception {
        sleepInAVirtualThread();
        ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(1);
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        try (Scope scope = Containers.at("/slept/scheduled").enter()) {
            pool.scheduleWithFixedDelay(
                    () -> seen.add(Containers.current().path()), 0, 1, TimeUnit.MILLISECONDS);
        }
        List<String> runs = Stream.of(seen.take(), seen.take(), seen.take()).toList();
        pool.shutdownNow();
        assertThat(runs).containsOnly("/slept/scheduled");
    }

    /** The sleep itself is the point: it hands a task to the JDK's own scheduler. */
    private static void sleepInAVirtualThread() throws Exception {
        ThreadKind.VIRTUAL.run(() -> {
            try {
                TimeUnit.MILLISECONDS.sleep(1);
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        });
    }
}
