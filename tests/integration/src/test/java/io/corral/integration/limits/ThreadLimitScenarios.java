package io.corral.integration.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.corral.Container;
import io.corral.Containers;
import io.corral.ForkRefusedException;
import io.corral.Hierarchy;
import io.corral.LimitExceeded;
import io.corral.LimitStat;
import io.corral.Limits;
import io.corral.Scope;
import io.corral.integration.harness.Scenario;
import io.corral.integration.harness.ThreadKind;
import io.corral.integration.support.RecordingSubsystem;
import io.corral.integration.support.TestThread;
import io.corral.integration.support.Waits;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The limit {@code threads.max}. The names with {@code Pids} are cases of the kernel's selftest for
 * its controller pids and of the Linux Test Project's.
 */
final class ThreadLimitScenarios {

    private static final int MAX = 10;

    /** More than the JVM can reserve, so that the start fails after the hook. */
    private static final long ABSURD_STACK = 1L << 46;

    private ThreadLimitScenarios() {}

    private static Container container(String name, ThreadKind kind) {
        return Containers.at("/thread-limit/" + name + "-" + kind);
    }

    private static Container limited(String name, ThreadKind kind, long max) {
        Container container = container(name, kind);
        container.limits().threadsMax(max);
        return container;
    }

    private static LimitStat stat(Container container) {
        return container.limits().stat();
    }

    private static List<TestThread> attached(Container container, ThreadKind kind, int count) {
        List<TestThread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            TestThread thread = TestThread.start(kind);
            container.attach(thread.thread());
            threads.add(thread);
        }
        return threads;
    }

    private static void close(List<TestThread> threads) throws InterruptedException {
        for (TestThread each : threads) {
            each.close();
        }
    }

    /** Whether a thread that is attached to a container can start another one there. */
    private static boolean canFork(Container container, ThreadKind kind) throws Exception {
        try (TestThread task = TestThread.start(kind)) {
            container.attach(task.thread());
            return task.call(() -> {
                try {
                    TestThread.start(kind).close();
                    return true;
                } catch (ForkRefusedException refused) {
                    return false;
                }
            });
        }
    }

    private static void assertRefused(Container container, ThreadKind kind, Container by) {
        Thread thread = kind.unstarted(() -> {});
        thread.setName("child");
        long max = by.limits().threadsMax();
        assertThatThrownBy(() -> container.start(thread))
                .isInstanceOf(ForkRefusedException.class)
                .hasMessage("Thread \"child\" not started in container " + container.path()
                        + ": limit threads.max of " + by.path() + " is " + max + ", "
                        + stat(by).threads() + " in use; set by code");
        assertThat(thread.getState())
                .isEqualTo(
                        kind == ThreadKind.PLATFORM ? Thread.State.NEW : Thread.State.TERMINATED);
    }

    @Scenario(64)
    static void thirdThreadIsRefusedUntilOneOfTwoEnds(ThreadKind kind) throws Exception {
        Container a = limited("two", kind, 2);
        try (TestThread first = TestThread.startIn(a, kind)) {
            TestThread second = first.call(() -> TestThread.start(kind));
            assertRefused(a, kind, a);
            assertThat(stat(a).threads()).isEqualTo(2);
            second.close();
            first.call(() -> TestThread.start(kind)).close();
        }
        assertThat(stat(a).threads()).isZero();
        assertThat(stat(a).peakThreads()).isEqualTo(2);
        assertThat(stat(a).refusedStarts()).isEqualTo(1);
        assertThat(a.usage().forks()).isEqualTo(3);
    }

    @Scenario(65)
    static void refusalInAChildIsCountedAtTheContainerWithTheLimit(ThreadKind kind)
            throws Exception {
        Container parent = limited("parent", kind, 2);
        Container child = parent.create("child");
        child.limits().threadsMax(100);
        try (TestThread first = TestThread.startIn(child, kind);
                TestThread second = TestThread.startIn(parent, kind)) {
            assertRefused(child, kind, parent);
            assertThat(stat(child).threads()).isEqualTo(1);
        }
        assertThat(stat(parent).refusedStarts()).isEqualTo(1);
        assertThat(stat(parent).refusedStartsBelow()).isEqualTo(1);
        assertThat(stat(child).refusedStarts()).isZero();
        assertThat(stat(child).refusedStartsBelow()).isZero();
        assertThat(stat(parent).threads()).isZero();
        assertThat(stat(child).threads()).isZero();
    }

    @Scenario(65)
    static void refusalByAChildIsCountedBelowItsParentsToo(ThreadKind kind) {
        Container parent = limited("events-above", kind, 100);
        Container child = parent.create("child");
        child.limits().threadsMax(0);
        assertRefused(child, kind, child);
        assertThat(stat(child).refusedStarts()).isEqualTo(1);
        assertThat(stat(parent).refusedStarts()).isZero();
        assertThat(stat(parent).refusedStartsBelow()).isEqualTo(1);
    }

    @Scenario(66)
    static void pids1StartsSucceedWithoutALimit(ThreadKind kind) throws Exception {
        Container a = container("none", kind);
        List<TestThread> threads = attached(a, kind, MAX);
        assertThat(canFork(a, kind)).isTrue();
        close(threads);
        assertThat(a.limits().threadsMax()).isEqualTo(Limits.UNLIMITED);
        assertThat(stat(a)).isEqualTo(LimitStat.NONE);
    }

    @Scenario(64)
    static void pids2StartFailsAtTheLimit(ThreadKind kind) throws Exception {
        Container a = limited("reached", kind, MAX);
        List<TestThread> threads = attached(a, kind, MAX - 1);
        assertThat(canFork(a, kind)).isFalse();
        close(threads);
        assertThat(stat(a).threads()).isZero();
    }

    @Scenario(66)
    static void pids3StartsSucceedBelowTheLimit(ThreadKind kind) throws Exception {
        Container a = limited("below", kind, MAX + 2);
        List<TestThread> threads = attached(a, kind, MAX);
        assertThat(canFork(a, kind)).isTrue();
        close(threads);
        assertThat(stat(a).peakThreads()).isEqualTo(MAX + 2);
        assertThat(stat(a).refusedStarts()).isZero();
    }

    @Scenario(67)
    static void pids4ThreadsAreAttachedAboveALimitOfZero(ThreadKind kind) throws Exception {
        Container a = limited("zero", kind, 0);
        List<TestThread> threads = attached(a, kind, MAX);
        assertThat(stat(a).threads()).isEqualTo(MAX);
        assertRefused(a, kind, a);
        close(threads);
        assertThat(stat(a).threads()).isZero();
    }

    @Scenario(68)
    static void pids5NegativeLimitIsRefused() {
        Container a = Containers.at("/thread-limit/negative");
        assertThatThrownBy(() -> a.limits().threadsMax(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
        assertThat(a.limits().threadsMax()).isEqualTo(Limits.UNLIMITED);
    }

    @Scenario(69)
    static void pids6LimitBelowTheCurrentCountEndsNoThread(ThreadKind kind) throws Exception {
        Container a = container("lowered", kind);
        List<TestThread> threads = attached(a, kind, MAX);
        a.limits().threadsMax(MAX - 1);
        assertThat(stat(a).threads()).isEqualTo(MAX);
        assertThat(canFork(a, kind)).isFalse();
        for (TestThread each : threads) {
            assertThat(each.thread().isAlive()).isTrue();
        }
        threads.remove(0).close();
        threads.remove(0).close();
        TestThread.startIn(a, kind).close();
        close(threads);
        assertThat(stat(a).threads()).isZero();
    }

    @Scenario(65)
    static void pids7ThreadsOfAllChildrenCountForTheirParent(ThreadKind kind) throws Exception {
        Container parent = limited("of-children", kind, MAX);
        List<TestThread> threads = new ArrayList<>();
        List<Container> children = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Container child = parent.create("child" + i);
            children.add(child);
            threads.addAll(attached(child, kind, MAX / 5));
        }
        assertThat(canFork(parent, kind)).isFalse();
        for (Container child : children) {
            assertThat(canFork(child, kind)).isFalse();
        }
        close(threads);
        assertThat(stat(parent).threads()).isZero();
    }

    @Scenario(71)
    static void pids8SmallerLimitOfTheChildApplies(ThreadKind kind) throws Exception {
        Container parent = limited("above", kind, MAX);
        Container child = parent.create("child");
        child.limits().threadsMax(MAX - 1);
        List<TestThread> threads = attached(child, kind, MAX - 2);
        assertThat(canFork(child, kind)).isFalse();
        assertThat(canFork(parent, kind)).isTrue();
        close(threads);
        assertThat(stat(child).refusedStarts()).isEqualTo(1);
        assertThat(stat(parent).refusedStarts()).isZero();
    }

    @Scenario(67)
    static void pids9AttachMovesTheCount(ThreadKind kind) throws Exception {
        Container parent = limited("moves", kind, 2 * MAX - 2);
        List<Container> children = new ArrayList<>();
        List<List<TestThread>> threads = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Container child = parent.create("child" + i);
            child.limits().threadsMax(MAX);
            children.add(child);
            threads.add(attached(child, kind, MAX - 1));
        }
        children.get(1).attach(threads.get(0).get(0).thread());
        assertThat(stat(children.get(0)).threads()).isEqualTo(MAX - 2);
        assertThat(stat(children.get(1)).threads()).isEqualTo(MAX);
        // Both are below the parent, which is full, and does not notice the move.
        assertThat(stat(parent).threads()).isEqualTo(2 * MAX - 2);
        assertThat(stat(parent).peakThreads()).isEqualTo(2 * MAX - 2);
        parent.limits().threadsMax(Limits.UNLIMITED);
        assertThat(canFork(children.get(0), kind)).isTrue();
        assertThat(canFork(children.get(1), kind)).isFalse();
        for (List<TestThread> each : threads) {
            close(each);
        }
        assertThat(stat(children.get(0)).threads()).isZero();
        assertThat(stat(children.get(1)).threads()).isZero();
    }

    @Scenario
    static void attachAllMovesTheCounts() throws Exception {
        Container from = limited("all-from", ThreadKind.PLATFORM, MAX);
        Container to = limited("all-to", ThreadKind.PLATFORM, 1);
        List<TestThread> threads = attached(from, ThreadKind.PLATFORM, MAX);
        assertThat(to.attachAll(from)).isEqualTo(MAX);
        assertThat(stat(from).threads()).isZero();
        assertThat(stat(to).threads()).isEqualTo(MAX);
        close(threads);
        assertThat(stat(to).threads()).isZero();
    }

    @Scenario
    static void limitIsLiftedSetAgainAndForgottenWhileThreadsLive(ThreadKind kind)
            throws Exception {
        Container a = limited("lifted", kind, 1);
        try (TestThread first = TestThread.startIn(a, kind)) {
            assertRefused(a, kind, a);
            a.limits().threadsMax(Limits.UNLIMITED);
            TestThread second = TestThread.startIn(a, kind);
            assertThat(stat(a).threads()).isZero();
            a.limits().threadsMax(2);
            assertThat(stat(a).threads()).isEqualTo(2);
            assertRefused(a, kind, a);
            second.close();
            TestThread.startIn(a, kind).close();
            a.limits().reset();
            TestThread third = TestThread.startIn(a, kind);
            TestThread.startIn(a, kind).close();
            a.limits().threadsMax(2);
            assertThat(stat(a).threads()).isEqualTo(2);
            third.close();
        }
        assertThat(stat(a).threads()).isZero();
    }

    @Scenario
    static void containerThatIsMadeAgainBeginsAtZero(ThreadKind kind) throws Exception {
        Container a = limited("again", kind, 1);
        TestThread.startIn(a, kind).close();
        a.remove();
        Container again = limited("again", kind, 1);
        assertThat(stat(again)).isEqualTo(LimitStat.NONE);
        try (TestThread first = TestThread.startIn(again, kind)) {
            assertRefused(again, kind, again);
        }
        assertThat(stat(again).threads()).isZero();
        again.remove();
    }

    @Scenario
    static void limitsOfTwoHierarchiesBothCount(ThreadKind kind) throws Exception {
        Hierarchy other = Containers.hierarchy("limited");
        Container a = limited("two-trees", kind, 2);
        Container b = other.at("/b-" + kind);
        b.limits().threadsMax(1);
        try (Scope scope = b.enter();
                TestThread first = TestThread.startIn(a, kind)) {
            assertThat(stat(a).threads()).isEqualTo(1);
            assertThat(stat(b).threads()).isEqualTo(1);
            assertThatThrownBy(() -> TestThread.startIn(a, kind))
                    .isInstanceOf(ForkRefusedException.class)
                    .hasMessageContaining("not started in container " + b.path()
                            + ": limit threads.max of " + b.path());
            assertThat(stat(a).threads()).isEqualTo(1);
        }
        assertThat(stat(a).threads()).isZero();
        assertThat(stat(b).threads()).isZero();
    }

    @Scenario
    static void startThatASubsystemRefusesIsNotCounted(ThreadKind kind) {
        Container parent = limited("and-subsystem", kind, 2);
        Container a = parent.create("a");
        a.limits().threadsMax(1);
        RecordingSubsystem subsystem = new RecordingSubsystem("S", a, RecordingSubsystem.newLog());
        Containers.register(subsystem);
        subsystem.refuse("never");
        for (int i = 0; i < MAX; i++) {
            Thread thread = kind.unstarted(() -> {});
            assertThatThrownBy(() -> a.start(thread)).hasMessageContaining("S refused");
        }
        Containers.unregister(subsystem);
        assertThat(stat(a).threads()).isZero();
        assertThat(stat(parent).threads()).isZero();
        assertThat(stat(a).refusedStarts()).isZero();
        kind.run(() -> {});
    }

    @Scenario
    static void subsystemIsNotAskedForAStartThatALimitRefuses(ThreadKind kind) {
        Container a = limited("before-subsystem", kind, 0);
        List<String> log = RecordingSubsystem.newLog();
        RecordingSubsystem subsystem = new RecordingSubsystem("S", a, log);
        Containers.register(subsystem);
        assertRefused(a, kind, a);
        Containers.unregister(subsystem);
        assertThat(log).isEmpty();
    }

    @Scenario
    static void startThatTheJvmFailsIsCountedOut() {
        Container a = limited("failed", ThreadKind.PLATFORM, 1);
        for (int i = 0; i < 3; i++) {
            Thread thread = new Thread(null, () -> {}, "absurd", ABSURD_STACK);
            assertThatThrownBy(() -> a.start(thread)).isInstanceOf(OutOfMemoryError.class);
        }
        assertThat(stat(a).threads()).isZero();
        assertThat(stat(a).refusedStarts()).isZero();
    }

    @Scenario
    static void refusedPlatformThreadStartsLater() throws Exception {
        Container a = limited("later", ThreadKind.PLATFORM, 1);
        Thread thread = new Thread(() -> {}, "later");
        try (TestThread first = TestThread.startIn(a, ThreadKind.PLATFORM)) {
            assertThatThrownBy(() -> a.start(thread)).isInstanceOf(ForkRefusedException.class);
        }
        a.start(thread);
        thread.join();
        assertThat(stat(a).threads()).isZero();
    }

    /** What {@link StartsThreads} does. */
    private static volatile @Nullable Runnable inInitializer;

    private static final class StartsThreads {

        static final boolean IS_READY = true;

        static {
            Runnable task = inInitializer;
            if (task != null) {
                task.run();
            }
        }

        static boolean isReady() {
            return IS_READY;
        }
    }

    private static final class StartsThreadsToo {

        static {
            Runnable task = inInitializer;
            if (task != null) {
                task.run();
            }
        }

        static boolean isReady() {
            return true;
        }
    }

    @Scenario
    static void startBelowAClassInitializerIsCountedAboveTheLimit(ThreadKind kind)
            throws Exception {
        Container a = limited("initializer", kind, 1);
        List<TestThread> started = new ArrayList<>();
        inInitializer = () -> started.add(TestThread.start(kind));
        try (TestThread first = TestThread.startIn(a, kind)) {
            boolean isReady = first.call(() -> kind == ThreadKind.PLATFORM
                    ? StartsThreads.isReady()
                    : StartsThreadsToo.isReady());
            assertThat(isReady).isTrue();
            assertThat(stat(a).threads()).isEqualTo(2);
            assertThat(stat(a).over()).isEqualTo(1);
            assertThat(stat(a).refusedStarts()).isZero();
            assertRefused(a, kind, a);
            close(started);
        }
        assertThat(stat(a).threads()).isZero();
    }

    @Scenario
    static void rootsAndPlacesOfTheJvmHaveNoLimit() {
        for (Container place : List.of(Containers.root(), Containers.at("/jvm"))) {
            assertThatThrownBy(() -> place.limits().threadsMax(0))
                    .isInstanceOf(UnsupportedOperationException.class);
        }
    }

    @Scenario(value = 74, since = 21)
    static void carriersOfTenThousandVirtualThreadsAreNotCounted() {
        int count = 10_000;
        Container a = limited("many", ThreadKind.VIRTUAL, count);
        CountDownLatch over = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Thread thread = ThreadKind.VIRTUAL.unstarted(() -> Waits.await(over));
            a.start(thread);
            threads.add(thread);
        }
        assertThat(stat(a).threads()).isEqualTo(count);
        assertRefused(a, ThreadKind.VIRTUAL, a);
        over.countDown();
        threads.forEach(ThreadKind::join);
        assertThat(stat(a).threads()).isZero();
        assertThat(stat(a).peakThreads()).isEqualTo(count);
    }

    @Scenario
    static void listenersAreToldOfARefusedStart(ThreadKind kind) throws Exception {
        Container a = limited("listener", kind, 0);
        BlockingQueue<LimitExceeded> told = new LinkedBlockingQueue<>();
        a.limits().onExceeded(told::add);
        assertRefused(a, kind, a);
        assertThat(told.poll(60, TimeUnit.SECONDS))
                .isEqualTo(new LimitExceeded(a, "threads.max", 0, 0, Limits.Mode.ENFORCE));
    }

    /** Starts and ends, of which the limit admits some. */
    private static final class Schedule {

        private final Container parent;
        private final Container child;
        private final ThreadKind kind;
        private final Deque<TestThread> admitted = new ArrayDeque<>();
        private final Deque<TestThread> excess = new ArrayDeque<>();
        private final List<String> outcomes = new ArrayList<>();

        Schedule(String name, ThreadKind kind, Limits.Mode mode) {
            this.kind = kind;
            parent = container(name + "-" + mode, kind);
            child = parent.create("child");
            for (Container each : List.of(parent, child)) {
                each.limits().mode(mode);
            }
            parent.limits().threadsMax(5);
            child.limits().threadsMax(3);
        }

        private long wouldRefuse() {
            return stat(parent).wouldRefuseStarts() + stat(child).wouldRefuseStarts();
        }

        void run(Random random) throws Exception {
            for (int i = 0; i < 400; i++) {
                if (random.nextInt(5) < 3) {
                    start(random.nextBoolean() ? parent : child);
                } else if (!admitted.isEmpty()) {
                    admitted.removeFirst().close();
                }
                if (i % 7 == 0 && !excess.isEmpty()) {
                    excess.removeLast().close();
                }
            }
            close(List.copyOf(admitted));
            close(List.copyOf(excess));
        }

        private void start(Container in) {
            long before = wouldRefuse();
            try {
                TestThread thread = TestThread.startIn(in, kind);
                boolean isExcess = wouldRefuse() > before;
                (isExcess ? excess : admitted).addLast(thread);
                outcomes.add(in == parent ? "parent " + !isExcess : "child " + !isExcess);
            } catch (ForkRefusedException refused) {
                outcomes.add(in == parent ? "parent false" : "child false");
            }
        }
    }

    @Scenario
    static void monitorCountsExactlyWhatEnforcementRefuses(ThreadKind kind) throws Exception {
        Schedule enforced = new Schedule("monitor", kind, Limits.Mode.ENFORCE);
        Schedule monitored = new Schedule("monitor", kind, Limits.Mode.MONITOR);
        enforced.run(new Random(1));
        monitored.run(new Random(1));
        assertThat(enforced.outcomes).contains("parent false", "child false");
        assertThat(monitored.outcomes).isEqualTo(enforced.outcomes);
        assertThat(stat(monitored.parent).wouldRefuseStarts())
                .isEqualTo(stat(enforced.parent).refusedStarts());
        assertThat(stat(monitored.child).wouldRefuseStarts())
                .isEqualTo(stat(enforced.child).refusedStarts());
        assertThat(stat(monitored.parent).refusedStarts()).isZero();
        assertThat(stat(monitored.parent).threads()).isZero();
        assertThat(stat(monitored.child).threads()).isZero();
    }
}
