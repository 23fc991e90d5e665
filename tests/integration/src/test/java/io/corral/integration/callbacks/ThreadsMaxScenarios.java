package io.corral.integration.callbacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.corral.Container;
import io.corral.Containers;
import io.corral.ForkRefusedException;
import io.corral.examples.ThreadsMax;
import io.corral.integration.harness.FullRun;
import io.corral.integration.harness.Scenario;
import io.corral.integration.harness.ThreadKind;
import io.corral.integration.support.TestThread;
import io.corral.integration.support.Waits;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** The example plug-in {@link ThreadsMax} counts exactly: the cases of the kernel's pids tests. */
final class ThreadsMaxScenarios {

    private static final int STARTERS = 8;
    private static final int RACING_VIRTUAL_STARTS = 160_000;

    /** A platform thread's start and end take some hundred times longer. */
    private static final int RACING_PLATFORM_STARTS = Integer.getInteger(
            "corral.racing.platform", RACING_VIRTUAL_STARTS / (FullRun.isOn() ? 20 : 80));

    private static final ThreadsMax LIMIT = new ThreadsMax();

    static {
        Containers.register(LIMIT);
    }

    private ThreadsMaxScenarios() {}

    private static Container limited(String name, ThreadKind kind, long max) {
        Container container = Containers.at("/threads-max/" + name + "-" + kind);
        LIMIT.limit(container, max);
        return container;
    }

    private static void assertRefused(Container container, ThreadKind kind, String by) {
        Thread thread = kind.unstarted(() -> {});
        assertThatThrownBy(() -> container.start(thread))
                .isInstanceOf(ForkRefusedException.class)
                .hasMessageContaining(by + " has reached its limit");
    }

    @Scenario(64)
    static void thirdThreadIsRefusedUntilOneOfTwoEnds(ThreadKind kind) throws Exception {
        Container a = limited("two", kind, 2);
        try (TestThread first = TestThread.startIn(a, kind)) {
            TestThread second = first.call(() -> TestThread.start(kind));
            assertRefused(a, kind, a.path());
            second.close();
            first.call(() -> TestThread.start(kind)).close();
        }
        assertThat(LIMIT.current(a)).isZero();
        assertThat(LIMIT.refused(a)).isEqualTo(1);
    }

    @Scenario(65)
    static void refusalInAChildIsCountedAtTheContainerWithTheLimit(ThreadKind kind)
            throws Exception {
        Container parent = limited("parent", kind, 2);
        Container child = parent.create("child");
        try (TestThread first = TestThread.startIn(child, kind);
                TestThread second = TestThread.startIn(parent, kind)) {
            assertRefused(child, kind, parent.path());
        }
        assertThat(LIMIT.refused(parent)).isEqualTo(1);
        assertThat(LIMIT.refused(child)).isZero();
        assertThat(LIMIT.current(parent)).isZero();
        assertThat(LIMIT.current(child)).isZero();
    }

    @Scenario(66)
    static void startsSucceedWithoutALimitAndBelowIt(ThreadKind kind) throws Exception {
        for (long max : new long[] {ThreadsMax.MAX, 10}) {
            Container a = limited("wide-" + max, kind, max);
            try (TestThread first = TestThread.startIn(a, kind);
                    TestThread second = TestThread.startIn(a, kind)) {
                assertThat(LIMIT.current(a)).isEqualTo(2);
            }
            assertThat(LIMIT.refused(a)).isZero();
        }
    }

    @Scenario(67)
    static void attachIsAllowedAboveTheLimitAndStartsAreNot(ThreadKind kind) throws Exception {
        Container from = limited("from", kind, ThreadsMax.MAX);
        Container to = limited("none", kind, 0);
        try (TestThread testThread = TestThread.startIn(from, kind)) {
            to.attach(testThread.thread());
            assertThat(LIMIT.current(to)).isEqualTo(1);
            assertThat(LIMIT.current(from)).isZero();
            assertRefused(to, kind, to.path());
        }
        assertThat(LIMIT.current(to)).isZero();
    }

    @Scenario(68)
    static void negativeLimitIsRefused() {
        Container a = Containers.at("/threads-max/negative");
        assertThatThrownBy(() -> LIMIT.limit(a, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
        assertThatThrownBy(() -> LIMIT.limit(Containers.root(), 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Scenario(69)
    static void limitBelowTheCurrentCountEndsNoThread(ThreadKind kind) throws Exception {
        Container a = limited("lowered", kind, 3);
        try (TestThread first = TestThread.startIn(a, kind);
                TestThread second = TestThread.startIn(a, kind)) {
            LIMIT.limit(a, 1);
            assertThat(first.thread().isAlive()).isTrue();
            assertThat(second.thread().isAlive()).isTrue();
            assertRefused(a, kind, a.path());
        }
        TestThread.startIn(a, kind).close();
        assertThat(LIMIT.current(a)).isZero();
    }

    @Scenario(71)
    static void smallerLimitOfTheChildApplies(ThreadKind kind) throws Exception {
        Container parent = limited("above", kind, 5);
        Container child = parent.create("below");
        LIMIT.limit(child, 1);
        try (TestThread testThread = TestThread.startIn(child, kind)) {
            assertRefused(child, kind, child.path());
            TestThread.startIn(parent, kind).close();
        }
        assertThat(LIMIT.refused(child)).isEqualTo(1);
        assertThat(LIMIT.refused(parent)).isZero();
    }

    @Scenario(value = 74, since = 21)
    static void carriersOfTenThousandVirtualThreadsAreNotCounted() throws Exception {
        int count = 10_000;
        Container a = limited("many", ThreadKind.VIRTUAL, count);
        CountDownLatch over = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Thread thread = ThreadKind.VIRTUAL.unstarted(() -> Waits.await(over));
            a.start(thread);
            threads.add(thread);
        }
        assertThat(LIMIT.current(a)).isEqualTo(count);
        assertRefused(a, ThreadKind.VIRTUAL, a.path());
        over.countDown();
        threads.forEach(ThreadKind::join);
        assertThat(LIMIT.current(a)).isZero();
    }

    /** Starts that succeed, are refused, end by an error, and are moved between two containers. */
    @Scenario
    static void racingStartsLeaveTheCountsAtZero(ThreadKind kind) throws Exception {
        Container parent = limited("racing", kind, 30);
        Container[] below = {parent.create("a"), parent.create("b")};
        LIMIT.limit(below[0], 20);
        int starts = kind == ThreadKind.VIRTUAL ? RACING_VIRTUAL_STARTS : RACING_PLATFORM_STARTS;
        AtomicInteger refused = new AtomicInteger();
        AtomicInteger wrong = new AtomicInteger();
        List<Thread> starters = new ArrayList<>();
        for (int i = 0; i < STARTERS; i++) {
            Random random = new Random(i);
            starters.add(ThreadKind.PLATFORM.start(() -> {
                ConcurrentLinkedQueue<Thread> started = new ConcurrentLinkedQueue<>();
                for (int j = 0; j < starts / STARTERS; j++) {
                    Thread thread = kind.unstarted(() -> {
                        if (random.nextInt(4) == 0) {
                            throw new StackOverflowError("for the test");
                        }
                    });
                    thread.setUncaughtExceptionHandler((failed, failure) -> {});
                    try {
                        below[random.nextInt(2)].start(thread);
                        started.add(thread);
                        below[random.nextInt(2)].attach(thread);
                    } catch (ForkRefusedException full) {
                        refused.incrementAndGet();
                    } catch (IllegalArgumentException ended) {
                        // It has ended before it was moved.
                    }
                    wrong.addAndGet(LIMIT.current(below[1]) < 0 ? 1 : 0);
                }
                started.forEach(ThreadKind::join);
            }));
        }
        starters.forEach(ThreadKind::join);
        assertThat(wrong).hasValue(0);
        assertThat(LIMIT.current(below[0])).isZero();
        assertThat(LIMIT.current(below[1])).isZero();
        assertThat(LIMIT.current(parent)).isZero();
        assertThat(LIMIT.refused(parent) + LIMIT.refused(below[0]) + LIMIT.refused(below[1]))
                .isEqualTo(refused.get());
    }
}
