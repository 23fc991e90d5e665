package io.corral.integration.exhaustion;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
import io.corral.integration.harness.Scenario;
import io.corral.integration.harness.ThreadKind;
import io.corral.integration.support.RunQueueSlots;
import io.corral.integration.support.Waits;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;

/** Virtual threads that queue while the heap is full. */
final class FairThreadsWithoutMemoryScenarios {

    private static final int THREADS = 16;

    /** Each round leaves room for some more small objects. */
    private static final int ROUNDS = 4;

    private FairThreadsWithoutMemoryScenarios() {}

    @Scenario(since = 21)
    static void threadsThatWereReadyOnAFullHeapGoOnWhenThereIsRoom() throws Exception {
        Container one = Containers.at("/exhausted/fair-1");
        Container other = Containers.at("/exhausted/fair-2");
        one.limits().fair(true);
        other.limits().fair(true);
        AtomicBoolean isOver = new AtomicBoolean();
        AtomicLongArray turns = new AtomicLongArray(THREADS);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int number = i;
            Thread thread = ThreadKind.VIRTUAL.unstarted(() -> {
                while (!isOver.get()) {
                    turns.incrementAndGet(number);
                    yieldIfPossible();
                }
            });
            (i % 2 == 0 ? one : other).start(thread);
            threads.add(thread);
        }
        awaitTurnOfEach(turns);
        HeapBallast ballast = new HeapBallast();
        for (int round = 0; round < ROUNDS; round++) {
            ballast.fill();
            ballast.leaveRoom(4 * round);
            // They may have a turn meanwhile, or none.
            TimeUnit.MILLISECONDS.sleep(30);
            ballast.release();
            awaitTurnOfEach(turns);
        }
        isOver.set(true);
        threads.forEach(ThreadKind::join);
        RunQueueSlots.awaitNoneInUse();
        one.limits().reset();
        other.limits().reset();
        assertThat(turns.get(0)).isPositive();
    }

    private static void yieldIfPossible() {
        try {
            Thread.yield();
        } catch (OutOfMemoryError full) {
            Thread.onSpinWait();
        }
    }

    private static void awaitTurnOfEach(AtomicLongArray turns) {
        for (int i = 0; i < THREADS; i++) {
            int number = i;
            long before = turns.get(number);
            Waits.until(() -> turns.get(number) > before);
        }
    }
}
