package io.corral.integration.exhaustion;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
import io.corral.integration.harness.Scenario;
import io.corral.integration.harness.ThreadKind;
import io.corral.integration.support.RunQueueSlots;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Virtual threads that become ready while the thread that wakes them has no stack. */
final class FairThreadsWithoutStackScenarios {

    private static final int DIVES = 4;
    private static final int THREADS = 500;

    private FairThreadsWithoutStackScenarios() {}

    @Scenario(since = 21)
    static void noSlotIsLostWhereThreadsAreWokenAtTheBottomOfTheStack() {
        Container one = Containers.at("/exhausted/fair-without-stack-1");
        Container other = Containers.at("/exhausted/fair-without-stack-2");
        one.limits().fair(true);
        other.limits().fair(true);
        int overflows = 0;
        for (int dive = 0; dive < DIVES; dive++) {
            AtomicBoolean isOver = new AtomicBoolean();
            List<Thread> threads = parked(List.of(one, other), isOver);
            isOver.set(true);
            AtomicInteger next = new AtomicInteger();
            overflows += StackBottom.reach(
                    dive, () -> LockSupport.unpark(threads.get(next.getAndIncrement() % THREADS)));
            // They are not joined: the JDK loses a thread if no stack is left to submit it.
            threads.forEach(LockSupport::unpark);
        }
        assertThat(overflows).isPositive();
        RunQueueSlots.awaitNoneInUse();
        one.limits().reset();
        other.limits().reset();
    }

    private static List<Thread> parked(List<Container> containers, AtomicBoolean isOver) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Thread thread = ThreadKind.VIRTUAL.unstarted(() -> {
                while (!isOver.get()) {
                    LockSupport.park();
                }
            });
            threads.add(thread);
            containers.get(i % containers.size()).start(thread);
        }
        for (Thread thread : threads) {
            while (thread.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
        }
        return threads;
    }
}
