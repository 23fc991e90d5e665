package io.corral.integration.fork;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;
import io.corral.integration.harness.FullRun;
import io.corral.integration.harness.Scenario;
import io.corral.integration.harness.ThreadKind;
import io.corral.integration.support.TestThread;
import io.corral.integration.support.ThreadCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** Forks race with attaches and removals. Whichever comes first, each number is exact. */
final class RacesScenarios {

    private RacesScenarios() {}

    private static int rounds(ThreadKind kind, int virtual) {
        int rounds = kind == ThreadKind.VIRTUAL ? virtual : virtual / 10;
        return FullRun.isOn() ? rounds : rounds / 4;
    }

    /** A thread that notes where it lives. */
    private static final class Child implements Runnable {

        final Thread thread;
        volatile Container home = Containers.root();
        volatile boolean homeWasRemoved;
        volatile boolean worksAtHome;

        Child(ThreadKind kind) {
            thread = kind.unstarted(this);
        }

        @Override
        public void run() {
            home = Containers.of(thread);
            homeWasRemoved = home.isRemoved();
            worksAtHome = Containers.current() == home;
        }

        boolean isIn(Container container) {
            ThreadKind.join(thread);
            assertThat(worksAtHome).isTrue();
            assertThat(homeWasRemoved).isFalse();
            return home == container;
        }
    }

    @Scenario(48)
    static void explicitStartInARemovedContainerIsRefused(ThreadKind kind) throws Exception {
        Container parent = Containers.at("/races/explicit-" + kind);
        List<Container> removed = new ArrayList<>();
        int started = 0;
        int rounds = rounds(kind, 3000);
        try (ConcurrentRemover remover = new ConcurrentRemover()) {
            // On a busy machine one of the two threads may be delayed for long.
            for (int i = 0;
                    i < rounds || (i < 10 * rounds && (started == 0 || removed.isEmpty()));
                    i++) {
                Container c = parent.create("c" + i);
                Child child = new Child(kind);
                remover.begin(c);
                ConcurrentRemover.hesitate();
                if (startsIn(c, child)) {
                    assertThat(child.isIn(c)).isTrue();
                    started++;
                } else {
                    assertThat(c.isRemoved()).isTrue();
                    removed.add(c);
                }
                remover.awaitRemoved();
            }
        }
        assertThat(started).isPositive();
        assertThat(removed).isNotEmpty();
        assertThat(removed.stream().map(ThreadCounts::of).distinct())
                .containsExactly(new ThreadCounts(0, 0, 0));
        assertThat(ThreadCounts.of(parent)).isEqualTo(new ThreadCounts(0, started, started));
    }

    private static boolean startsIn(Container c, Child child) {
        try {
            c.start(child.thread);
            return true;
        } catch (IllegalStateException refused) {
            assertThat(refused).hasMessageContaining("main:" + c.path());
            return false;
        }
    }

    @Scenario({48, 112})
    static void childOfAParentInARemovedContainerStartsInALiveOne(ThreadKind kind)
            throws Exception {
        Container parent = Containers.at("/races/inherit-" + kind);
        int rounds = rounds(kind, 1500);
        int perRound = 4;
        try (ConcurrentRemover remover = new ConcurrentRemover();
                TestThread forker = TestThread.start(kind)) {
            for (int i = 0; i < rounds; i++) {
                Container c = parent.create("c" + i);
                Scope scope = forker.call(c::enter);
                List<Child> children = new ArrayList<>();
                for (int j = 0; j < perRound; j++) {
                    children.add(new Child(kind));
                }
                remover.begin(c);
                forker.run(() -> children.forEach(child -> child.thread.start()));
                int inC = 0;
                for (Child child : children) {
                    boolean here = child.isIn(c);
                    inC += here ? 1 : 0;
                    assertThat(here || child.home == parent).isTrue();
                }
                remover.awaitRemoved();
                forker.run(scope::close);
                assertThat(ThreadCounts.of(c)).isEqualTo(new ThreadCounts(0, inC, inC));
            }
        }
        int started = rounds * perRound;
        assertThat(ThreadCounts.of(parent)).isEqualTo(new ThreadCounts(0, started, started));
    }

    @Scenario(111)
    static void childOfAParentAttachedConcurrentlyIsInOneContainer(ThreadKind kind)
            throws Exception {
        Container a = Containers.at("/races/moved-" + kind + "/a");
        Container b = Containers.at("/races/moved-" + kind + "/b");
        int rounds = rounds(kind, 10_000);
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger inA = new AtomicInteger();
        AtomicInteger inB = new AtomicInteger();
        AtomicInteger moves = new AtomicInteger();
        int started = 0;
        try (TestThread forker = TestThread.startIn(a, kind);
                TestThread mover = TestThread.start(ThreadKind.PLATFORM)) {
            Future<Integer> moving = mover.begin(() -> {
                for (; !done.get(); moves.incrementAndGet()) {
                    b.attach(forker.thread());
                    a.attach(forker.thread());
                }
                return moves.get();
            });
            // The mover may have to wait for a processor for that many rounds.
            BooleanSupplier seen = () -> moves.get() > 100 && inA.get() > 0 && inB.get() > 0;
            try {
                started = forker.call(() -> {
                    int i = 0;
                    for (; i < rounds || (i < 10 * rounds && !seen.getAsBoolean()); i++) {
                        Child child = new Child(kind);
                        child.thread.start();
                        (child.isIn(a) ? inA : inB).incrementAndGet();
                        assertThat(child.home).isIn(a, b);
                    }
                    return i;
                });
            } finally {
                done.set(true);
            }
            assertThat(TestThread.await(moving)).isGreaterThan(100);
            assertThat(ThreadCounts.of(a)).isEqualTo(new ThreadCounts(1, inA.get() + 1, inA.get()));
            assertThat(ThreadCounts.of(b)).isEqualTo(new ThreadCounts(0, inB.get(), inB.get()));
        }
        assertThat(started).isGreaterThanOrEqualTo(rounds);
        assertThat(inA.get() + inB.get()).isEqualTo(started);
        assertThat(inB).hasPositiveValue();
        assertThat(inA).hasPositiveValue();
        assertThat(ThreadCounts.of(a)).isEqualTo(new ThreadCounts(0, inA.get() + 1, inA.get() + 1));
    }
}
