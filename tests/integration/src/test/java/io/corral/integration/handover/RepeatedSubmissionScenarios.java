package io.corral.integration.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Containers;
import io.corral.integration.harness.Scenario;
import io.corral.integration.support.HeapHistogram;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;

/** One object that is submitted several times, and that may live as long as the JVM. */
final class RepeatedSubmissionScenarios {

    /** A lambda that captures nothing is one object. */
    private static final Runnable NOTHING = () -> {};

    private static final int MAX_RECORDS = 5_000;
    private static final int MAX_ATTEMPTS = 100;

    private RepeatedSubmissionScenarios() {}

    @Scenario
    static void objectSubmittedTwiceRunsForEachSubmitterInOrder() {
        for (BlockingQueue<Runnable> queue : queues()) {
            PathRecorder where = new PathRecorder();
            try (BusyPool pool = new BusyPool("again-1", queue)) {
                pool.executeFrom("/again/a", where);
                pool.executeFrom("/again/b", where);
            }
            assertThat(where.seen)
                    .as(queue.getClass().getName())
                    .containsExactly("/again/a", "/again/b");
        }
    }

    @Scenario
    static void objectSubmittedToTwoPoolsRunsInEachForThatPoolsSubmitter() {
        for (int i = 0; i < queues().size(); i++) {
            PathRecorder where = new PathRecorder();
            BusyPool first = new BusyPool("again-2", queues().get(i));
            BusyPool second = new BusyPool("again-3", queues().get(i));
            first.executeFrom("/again/first", where);
            second.executeFrom("/again/second", where);
            second.close();
            first.close();
            assertThat(where.seen).containsExactly("/again/second", "/again/first");
        }
    }

    /** The policy takes the oldest task out of the queue without calling the pool. */
    @Scenario
    static void discardsOfAnObjectThatLivesOnDoNotAddUp() {
        for (BlockingQueue<Runnable> queue : queues()) {
            try (BusyPool pool = new BusyPool("again-4", queue)) {
                pool.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardOldestPolicy());
                discard(pool, 10);
                long before = instances();
                discard(pool, 100_000);
                // The background thread may not have trimmed all records yet.
                for (int i = 0; i < MAX_ATTEMPTS && instances() - before > MAX_RECORDS; i++) {
                    discard(pool, MAX_RECORDS);
                }
                assertThat(instances() - before)
                        .as(queue.getClass().getName())
                        .isLessThanOrEqualTo(MAX_RECORDS);
            }
        }
    }

    private static void discard(BusyPool pool, int count) {
        for (int i = 0; i < count; i++) {
            pool.executeFrom(i % 2 == 0 ? "/again/a" : "/again/b", NOTHING);
        }
    }

    private static long instances() {
        return HeapHistogram.afterACollection().instancesOfPackage("io.corral.runtime");
    }

    private static List<BlockingQueue<Runnable>> queues() {
        return List.of(
                new LinkedBlockingQueue<>(10),
                new LinkedBlockingDeque<>(10),
                new ArrayBlockingQueue<>(10));
    }

    private static final class PathRecorder implements Runnable {

        private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void run() {
            seen.add(Containers.current().path());
        }
    }
}
