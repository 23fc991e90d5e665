package io.corral.runtime.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Scope;
import io.corral.runtime.accounting.Charges;
import io.corral.runtime.api.Api;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.ContainerRemovedException;
import io.corral.runtime.container.Trees;
import io.corral.runtime.thread.EnteredScope;
import io.corral.runtime.thread.Members;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Threads that enter containers as rules do, while another one makes them give way. */
class GiveWayRaceTest {

    private static final int CONTAINERS = 8;
    private static final int THREADS = 3;
    private static final int ENTRIES = 20_000;

    private final ContainerNode parent = Trees.MAIN.at("/give-way-race");
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicLong wrongPlaces = new AtomicLong();
    private final AtomicLong removedBelowAScope = new AtomicLong();

    @BeforeAll
    static void initializeApi() {
        Api.initialize();
    }

    @Test
    void eachEntryWorksInItsContainerWhichStaysUntilTheExit() throws Exception {
        AtomicBoolean isOver = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS + 1);
        try {
            Future<Long> removals = threads.submit(() -> removals(isOver));
            List<Callable<Void>> entering = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                entering.add(this::enterAll);
            }
            for (Future<Void> each : threads.invokeAll(entering)) {
                each.get();
            }
            isOver.set(true);
            assertThat(removals.get()).isGreaterThan(1_000);
        } finally {
            isOver.set(true);
            threads.shutdown();
        }
        assertThat(wrongPlaces).hasValue(0);
        assertThat(removedBelowAScope).hasValue(0);
        for (ContainerNode left : parent.childNodes()) {
            assertThat(Removal.giveWay(left)).as("no scope is left over").isTrue();
        }
        assertThat(made).hasValue(0);
        synchronized (Trees.LOCK) {
            MembershipTable.updateSums();
            assertThat(parent.sum().cpuNanos()).isEqualTo((long) THREADS * ENTRIES);
        }
    }

    private long removals(AtomicBoolean isOver) {
        long removals = 0;
        while (!isOver.get()) {
            for (ContainerNode each : parent.childNodes()) {
                removals += Removal.giveWay(each) ? 1 : 0;
            }
        }
        return removals;
    }

    private Void enterAll() {
        for (int i = 0; i < ENTRIES; i++) {
            String name = "c" + i % CONTAINERS;
            try (Scope scope = EnteredScope.open(parent.madeByRule(name, false, made))) {
                ContainerNode here = Members.currentWorking().container(Trees.MAIN);
                Charges.cpu(Members.currentWorking(), 1);
                wrongPlaces.addAndGet(here.name().equals(name) ? 0 : 1);
                if (i % 64 == 0) {
                    Thread.yield();
                }
                removedBelowAScope.addAndGet(here.isRemoved() ? 1 : 0);
            } catch (ContainerRemovedException ofTheParent) {
                throw new AssertionError(ofTheParent);
            }
        }
        return null;
    }
}
