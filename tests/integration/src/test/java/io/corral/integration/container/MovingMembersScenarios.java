package io.corral.integration.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Usage;
import io.corral.integration.harness.Scenario;
import io.corral.integration.harness.ThreadKind;
import io.corral.integration.support.TestThread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Readings of a parent while its members move between its children. */
final class MovingMembersScenarios {

    private static final int MEMBERS = 14;
    private static final int READINGS = 3_000;

    private MovingMembersScenarios() {}

    /** A reading of the parent has all of them, whatever moved meanwhile. */
    @Scenario
    static void readingOfAParentCountsEachMovingMemberOnce(ThreadKind kind) throws Exception {
        Container parent = Containers.at("/moving/counted-" + kind);
        whileMembersMove(parent, kind, MEMBERS, () -> {
            for (int i = 0; i < READINGS; i++) {
                Usage usage = parent.usage();
                assertThat(usage.threads() + usage.virtualThreads()).isEqualTo(MEMBERS);
                assertThat(usage.forks() - usage.exits()).isEqualTo(MEMBERS);
                var usages = Containers.snapshot(Duration.ZERO).usages(parent.hierarchy());
                long below = 0;
                for (Container child : parent.children()) {
                    Usage own = usages.get(child);
                    assertThat(own.threads() + own.virtualThreads()).isBetween(0L, (long) MEMBERS);
                    below += own.threads() + own.virtualThreads();
                }
                assertThat(below).isEqualTo(MEMBERS);
            }
        });
    }

    @Scenario
    static void parentIsPopulatedWhileItsMembersMoveBelow(ThreadKind kind) throws Exception {
        Container parent = Containers.at("/moving/populated-" + kind);
        // A walk passes these between the two that the thread moves between.
        for (int i = 0; i < 200; i++) {
            parent.create("empty-" + i);
        }
        whileMembersMove(parent, kind, 1, () -> {
            for (int i = 0; i < 10 * READINGS; i++) {
                assertThat(parent.isPopulated()).isTrue();
            }
        });
    }

    /** A thread ends only after it has started another one, so there is always one. */
    @Scenario
    static void parentIsPopulatedWhileEachMemberStartsTheNextElsewhere(ThreadKind kind)
            throws Exception {
        Container parent = Containers.at("/moving/relay-" + kind);
        for (int i = 0; i < 200; i++) {
            parent.create("empty-" + i);
        }
        Relay relay = new Relay(kind, parent.create("a"), parent.create("b"));
        relay.startNext();
        for (int i = 0; i < READINGS; i++) {
            assertThat(parent.isPopulated()).isTrue();
            Usage usage = parent.usage();
            assertThat(usage.threads() + usage.virtualThreads())
                    .isEqualTo(usage.forks() - usage.exits())
                    .isPositive();
        }
        relay.stop();
    }

    private interface Reading {
        void run() throws Exception;
    }

    private static void whileMembersMove(
            Container parent, ThreadKind kind, int count, Reading reading) throws Exception {
        Container a = parent.create("a");
        Container b = parent.create("b");
        List<TestThread> members = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            members.add(TestThread.startIn(a, kind));
        }
        AtomicBoolean over = new AtomicBoolean();
        Thread mover = ThreadKind.PLATFORM.start(() -> {
            while (!over.get()) {
                for (TestThread member : members) {
                    b.attach(member.thread());
                }
                for (TestThread member : members) {
                    a.attach(member.thread());
                }
            }
        });
        try {
            reading.run();
        } finally {
            over.set(true);
            ThreadKind.join(mover);
            for (TestThread member : members) {
                member.close();
            }
        }
    }

    /** Threads of which each starts the next one in the other container. */
    private static final class Relay {

        private final ThreadKind kind;
        private final Container here;
        private final Container there;
        private final AtomicBoolean over = new AtomicBoolean();
        private int count;

        Relay(ThreadKind kind, Container here, Container there) {
            this.kind = kind;
            this.here = here;
            this.there = there;
        }

        /** Called by one thread at a time: the last one that was started. */
        void startNext() {
            Container in = count++ % 2 == 0 ? here : there;
            in.start(kind.unstarted(() -> {
                if (!over.get()) {
                    startNext();
                }
            }));
        }

        void stop() {
            over.set(true);
        }
    }
}
