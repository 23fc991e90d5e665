package io.corral.integration.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
import io.corral.ForkRefusedException;
import io.corral.LimitStat;
import io.corral.Limits;
import io.corral.integration.harness.FullRun;
import io.corral.integration.harness.Scenario;
import io.corral.integration.harness.ThreadKind;
import io.corral.integration.support.Waits;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Many starts at once at the limit {@code threads.max}. */
final class ThreadLimitRaceScenarios {

    private static final int STARTERS = 8;
    private static final int PARENT_MAX = 30;
    private static final int CHILD_MAX = 20;
    private static final int VIRTUAL_STARTS = 160_000;

    /** A platform thread's start and end take some hundred times longer. */
    private static final int PLATFORM_STARTS = Integer.getInteger(
            "corral.racing.platform", VIRTUAL_STARTS / (FullRun.isOn() ? 20 : 80));

    private ThreadLimitRaceScenarios() {}

    private static LimitStat stat(Container container) {
        return container.limits().stat();
    }

    /** Starts that are admitted and refused, in two containers below a third one. */
    private static final class Race {

        private final ThreadKind kind;
        private final Container parent;
        private final Container[] below;
        private final AtomicLong refused = new AtomicLong();
        private final AtomicLong started = new AtomicLong();
        private final boolean moves;

        Race(String name, ThreadKind kind, boolean moves) {
            this.kind = kind;
            this.moves = moves;
            parent = Containers.at("/thread-race/" + name + "-" + kind);
            below = new Container[] {parent.create("a"), parent.create("b")};
        }

        void limit() {
            parent.limits().threadsMax(PARENT_MAX);
            below[0].limits().threadsMax(CHILD_MAX);
        }

        /** The threads that start others. Join them. */
        List<Thread> begin() {
            int starts = kind == ThreadKind.VIRTUAL ? VIRTUAL_STARTS : PLATFORM_STARTS;
            List<Thread> starters = new ArrayList<>();
            for (int i = 0; i < STARTERS; i++) {
                int seed = i;
                starters.add(ThreadKind.PLATFORM.start(
                        () -> start(starts / STARTERS, new Random(seed))));
            }
            return starters;
        }

        private void start(int count, Random random) {
            ConcurrentLinkedQueue<Thread> threads = new ConcurrentLinkedQueue<>();
            for (int i = 0; i < count; i++) {
                boolean fails = random.nextInt(4) == 0;
                Thread thread = kind.unstarted(() -> {
                    Thread.yield();
                    if (fails) {
                        throw new StackOverflowError("for the test");
                    }
                });
                thread.setUncaughtExceptionHandler((failed, failure) -> {});
                try {
                    below[random.nextInt(2)].start(thread);
                    started.incrementAndGet();
                    threads.add(thread);
                    if (moves) {
                        below[random.nextInt(2)].attach(thread);
                    }
                } catch (ForkRefusedException full) {
                    refused.incrementAndGet();
                } catch (IllegalArgumentException ended) {
                    // It has ended before it was moved.
                }
            }
            threads.forEach(ThreadKind::join);
        }

        void assertAllAreGone() {
            assertThat(stat(parent).threads()).isZero();
            assertThat(stat(below[0]).threads()).isZero();
            assertThat(parent.usage().forks()).isEqualTo(started.get());
        }

        void assertRefusalsAreCounted() {
            assertThat(refused.get()).isPositive();
            assertThat(stat(parent).refusedStarts() + stat(below[0]).refusedStarts())
                    .isEqualTo(refused.get());
            assertThat(stat(parent).refusedStartsBelow()).isEqualTo(refused.get());
        }
    }

    @Scenario
    static void racingStartsAreNeverAboveTheLimit(ThreadKind kind) {
        Race race = new Race("starts", kind, false);
        race.limit();
        AtomicBoolean isOver = new AtomicBoolean();
        AtomicLong highest = new AtomicLong();
        AtomicLong highestOfChild = new AtomicLong();
        Thread sampler = ThreadKind.PLATFORM.start(() -> {
            while (!isOver.get()) {
                highest.accumulateAndGet(stat(race.parent).threads(), Math::max);
                highestOfChild.accumulateAndGet(stat(race.below[0]).threads(), Math::max);
            }
        });
        race.begin().forEach(ThreadKind::join);
        isOver.set(true);
        ThreadKind.join(sampler);
        assertThat(highest.get()).isBetween(1L, (long) PARENT_MAX);
        assertThat(highestOfChild.get()).isBetween(1L, (long) CHILD_MAX);
        assertThat(stat(race.parent).peakThreads()).isLessThanOrEqualTo(PARENT_MAX);
        assertThat(stat(race.below[0]).peakThreads()).isLessThanOrEqualTo(CHILD_MAX);
        race.assertRefusalsAreCounted();
        race.assertAllAreGone();
    }

    @Scenario
    static void racingStartsAndMovesLeaveTheCountsAtZero(ThreadKind kind) {
        Race race = new Race("moves", kind, true);
        race.limit();
        race.begin().forEach(ThreadKind::join);
        race.assertRefusalsAreCounted();
        race.assertAllAreGone();
    }

    /** What is counted wrongly at a change is found by the next audits. */
    @Scenario
    static void limitsThatChangeDuringStartsLeaveTheCountsAtZero(ThreadKind kind) {
        Race race = new Race("changes", kind, true);
        List<Thread> starters = race.begin();
        boolean isOver = false;
        while (!isOver) {
            race.limit();
            race.parent.limits().threadsMax(Limits.UNLIMITED);
            race.below[0].limits().reset();
            isOver = starters.stream().noneMatch(Thread::isAlive);
        }
        race.limit();
        starters.forEach(ThreadKind::join);
        Waits.until(
                () -> stat(race.parent).threads() == 0 && stat(race.below[0]).threads() == 0);
        race.assertAllAreGone();
    }
}
