package io.corral.integration.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Refusal;
import io.corral.Scope;
import io.corral.Subsystem;
import io.corral.Usage;
import io.corral.integration.harness.Scenario;
import io.corral.integration.harness.ThreadKind;
import io.corral.integration.support.CpuLoad;
import io.corral.integration.support.TestThread;
import io.corral.integration.support.ThreadCounts;
import io.corral.integration.support.UsageAssertions;
import io.corral.integration.support.Waits;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Moving a live thread's home. */
final class AttachScenarios {

    static {
        // Loads the code now, so that no container is charged for the loading.
        CpuLoad.millis(1);
    }

    private AttachScenarios() {}

    @Scenario(33)
    static void attachMovesTheThreadAndNotItsParent(ThreadKind kind) throws Exception {
        Container src = Containers.at("/attach/src-" + kind);
        Container dst = Containers.at("/attach/dst-" + kind);
        try (TestThread parent = TestThread.startIn(src, kind)) {
            TestThread child = parent.call(() -> TestThread.start(kind));
            for (int i = 0; i < 1000; i++) {
                Container to = i % 2 == 0 ? dst : src;
                to.attach(child.thread());
                assertThat(child.call(Containers::current)).isSameAs(to);
                assertThat(Containers.of(child.thread())).isSameAs(to);
                assertThat(Containers.of(parent.thread())).isSameAs(src);
            }
            assertThat(parent.call(Containers::current)).isSameAs(src);
            assertThat(ThreadCounts.of(src)).isEqualTo(new ThreadCounts(2, 2, 0));
            assertThat(ThreadCounts.of(dst)).isEqualTo(new ThreadCounts(0, 0, 0));
            dst.attach(child.thread());
            assertThat(ThreadCounts.of(src)).isEqualTo(new ThreadCounts(1, 2, 0));
            assertThat(ThreadCounts.of(dst)).isEqualTo(new ThreadCounts(1, 0, 0));
            child.close();
            assertThat(ThreadCounts.of(dst)).isEqualTo(new ThreadCounts(0, 0, 1));
        }
    }

    @Scenario(35)
    static void attachToAChildAndBackChargesNothingTwice(ThreadKind kind) throws Exception {
        Container parent = Containers.at("/attach/twice-" + kind);
        Container child = parent.create("child");
        long inParent = 0;
        try (TestThread testThread = TestThread.startIn(parent, kind)) {
            inParent += testThread.call(AttachScenarios::remountAndBurn);
            child.attach(testThread.thread());
            long inChild = testThread.call(AttachScenarios::remountAndBurn);
            parent.attach(testThread.thread());
            inParent += testThread.call(AttachScenarios::remountAndBurn);
            assertThat(ThreadCounts.of(child)).isEqualTo(new ThreadCounts(0, 0, 0));
            assertThat(ThreadCounts.of(parent)).isEqualTo(new ThreadCounts(1, 1, 0));
            // Read while the thread parks, because its end is charged too and can't be read from a
            // clock later.
            Usage ofParent = parent.ownUsage();
            Usage ofChild = child.usage();
            long total = parent.usage().cpuNanos();
            long used = testThread.cpuNanos();
            assertThat(total).isBetween(inParent + inChild, used);
            long besides = used - inParent - inChild;
            UsageAssertions.assertBurnt(ofParent, inParent, besides);
            UsageAssertions.assertBurnt(ofChild, inChild, besides);
        }
        // The carrier that ran the thread last may still charge this container for a few
        // microseconds.
        long least = parent.ownUsage().cpuNanos();
        var usages = parent.hierarchy().usages();
        long most = parent.ownUsage().cpuNanos();
        assertThat(usages.get(parent).cpuNanos() - usages.get(child).cpuNanos())
                .isBetween(least, most);
        assertThat(ThreadCounts.of(parent)).isEqualTo(new ThreadCounts(0, 1, 1));
    }

    /**
     * After an attach, a virtual thread is charged to its new container from its next mount at the
     * latest.
     */
    private static long remountAndBurn() {
        Thread.yield();
        return CpuLoad.millis(100);
    }

    @Scenario(41)
    static void vetoedAttachCancelsConsentAndLeavesTheThread(ThreadKind kind) throws Exception {
        Container a = Containers.at("/attach/veto-a-" + kind);
        Container b = Containers.at("/attach/veto-b-" + kind);
        List<String> log = AttachRecorder.newLog();
        AttachRecorder s1 = AttachRecorder.register("S1", b, log);
        AttachRecorder s2 = AttachRecorder.register("S2", b, log);
        AttachRecorder s3 = AttachRecorder.register("S3", b, log);
        s3.refuse("no more seats");
        try (TestThread testThread = TestThread.startIn(a, kind)) {
            assertThatThrownBy(() -> b.attach(testThread.thread()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(a.toString())
                    .hasMessageContaining(b.toString())
                    .hasMessageContaining("S3 refused: no more seats");
            assertThat(log)
                    .containsExactly(
                            "S1.canAttach",
                            "S2.canAttach",
                            "S3.canAttach",
                            "S2.cancelAttach",
                            "S1.cancelAttach");
            assertThat(testThread.call(Containers::current)).isSameAs(a);
            assertThat(Containers.of(testThread.thread())).isSameAs(a);
            assertThat(ThreadCounts.of(a)).isEqualTo(new ThreadCounts(1, 1, 0));
            assertThat(ThreadCounts.of(b)).isEqualTo(new ThreadCounts(0, 0, 0));

            log.clear();
            s3.refuse(null);
            s1.refuse("closed");
            assertThatThrownBy(() -> b.attach(testThread.thread()))
                    .hasMessageContaining("S1 refused: closed");
            assertThat(log).containsExactly("S1.canAttach");

            log.clear();
            s1.refuse(null);
            s2.refuse(null);
            b.attach(testThread.thread());
            assertThat(log)
                    .containsExactly(
                            "S1.canAttach",
                            "S2.canAttach",
                            "S3.canAttach",
                            "S1.attach",
                            "S2.attach",
                            "S3.attach");
            assertThat(testThread.call(Containers::current)).isSameAs(b);
        }
    }

    /**
     * For example, a subsystem that keeps its counts under a lock which other threads hold while
     * they attach.
     */
    @Scenario
    static void subsystemThatWaitsForAnotherAttachDoesNotDeadlock(ThreadKind kind)
            throws Exception {
        Container a = Containers.at("/attach/waits-a-" + kind);
        Container b = Containers.at("/attach/waits-b-" + kind);
        CountDownLatch otherIsThere = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        AtomicReference<Thread> first = new AtomicReference<>();
        Containers.register(new Subsystem() {
            @Override
            public @Nullable Refusal canAttach(Thread thread, Container from, Container to) {
                if (thread == first.get() && to == b) {
                    asked.countDown();
                    Waits.await(otherIsThere);
                }
                return null;
            }
        });
        try (TestThread waits = TestThread.startIn(a, kind);
                TestThread other = TestThread.startIn(a, kind)) {
            first.set(waits.thread());
            Thread attaching = ThreadKind.PLATFORM.start(() -> b.attach(waits.thread()));
            Waits.await(asked);
            ThreadKind.join(ThreadKind.PLATFORM.start(() -> {
                b.attach(other.thread());
                otherIsThere.countDown();
            }));
            ThreadKind.join(attaching);
            assertThat(Containers.of(waits.thread())).isSameAs(b);
            assertThat(Containers.of(other.thread())).isSameAs(b);
        }
    }

    @Scenario
    static void attachDuringCanAttachCancelsConsentAndAsksAgain(ThreadKind kind) throws Exception {
        Container a = Containers.at("/attach/again-a-" + kind);
        Container b = Containers.at("/attach/again-b-" + kind);
        Container c = Containers.at("/attach/again-c-" + kind);
        List<String> log = new CopyOnWriteArrayList<>();
        AtomicReference<Thread> asked = new AtomicReference<>();
        Containers.register(new Subsystem() {
            @Override
            public @Nullable Refusal canAttach(Thread thread, Container from, Container to) {
                if (thread == asked.get()) {
                    log.add("can " + from.name() + " " + to.name());
                    if (from == a && to == b) {
                        c.attach(thread);
                        Containers.register(new LateRegisteredSubsystem(a));
                    }
                }
                return null;
            }

            @Override
            public void cancelAttach(Thread thread, Container from, Container to) {
                log.add("cancel " + from.name() + " " + to.name());
            }

            @Override
            public void attach(Thread thread, Container from, Container to) {
                log.add("done " + from.name() + " " + to.name());
            }
        });
        try (TestThread testThread = TestThread.startIn(a, kind)) {
            asked.set(testThread.thread());
            b.attach(testThread.thread());
            String k = "-" + kind;
            assertThat(log)
                    .containsExactly(
                            "can again-a" + k + " again-b" + k,
                            "can again-a" + k + " again-c" + k,
                            "done again-a" + k + " again-c" + k,
                            "cancel again-a" + k + " again-b" + k,
                            "can again-c" + k + " again-b" + k,
                            "done again-c" + k + " again-b" + k);
            assertThat(Containers.of(testThread.thread())).isSameAs(b);
        }
    }

    /** Registered between a consent and its cancellation, so its cancelAttach must not run. */
    private static final class LateRegisteredSubsystem implements Subsystem {
        private final Container from;

        LateRegisteredSubsystem(Container from) {
            this.from = from;
        }

        @Override
        public @Nullable Refusal canAttach(Thread thread, Container from, Container to) {
            return null;
        }

        @Override
        public void cancelAttach(Thread thread, Container from, Container to) {
            if (from == this.from) {
                throw new IllegalStateException("canAttach was not called before");
            }
        }
    }

    @Scenario
    static void scopesStayOpenWhenTheirThreadIsAttached(ThreadKind kind) throws Exception {
        Container a = Containers.at("/attach/open-a-" + kind);
        Container b = Containers.at("/attach/open-b-" + kind);
        try (TestThread testThread = TestThread.start(kind)) {
            Scope scope = testThread.call(a::enter);
            b.attach(testThread.thread());
            assertThat(testThread.call(Containers::current)).isSameAs(a);
            assertThat(Containers.of(testThread.thread())).isSameAs(b);
            testThread.run(scope::close);
            assertThat(testThread.call(Containers::current)).isSameAs(b);
        }
    }

    @Scenario
    static void attachOfAThreadThatIsNotAliveIsRefused(ThreadKind kind) throws Exception {
        Container a = Containers.at("/attach/not-alive-" + kind);
        Thread unborn = kind.unstarted(() -> {});
        assertThatThrownBy(() -> a.attach(unborn))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not started");
        unborn.start();
        unborn.join();
        assertThatThrownBy(() -> a.attach(unborn))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ended");
        assertThat(ThreadCounts.of(a)).isEqualTo(new ThreadCounts(0, 0, 0));
    }

    @Scenario
    static void attachedBusyThreadIsChargedToItsNewContainer(ThreadKind kind) throws Exception {
        Container a = Containers.at("/attach/busy-a-" + kind);
        Container b = Containers.at("/attach/busy-b-" + kind);
        AtomicBoolean end = new AtomicBoolean();
        try (TestThread testThread = TestThread.startIn(a, kind)) {
            Future<Integer> busy = testThread.begin(() -> {
                int rounds = 0;
                for (; !end.get(); rounds++) {
                    CpuLoad.work();
                    // A virtual thread follows at its next mount.
                    Thread.yield();
                }
                return rounds;
            });
            while (a.usage().cpuNanos() < 20_000_000) {
                Thread.onSpinWait();
            }
            b.attach(testThread.thread());
            long before = a.usage().cpuNanos();
            while (b.usage().cpuNanos() < 20_000_000) {
                Thread.onSpinWait();
            }
            // An idle carrier goes on charging the account of the last virtual thread that it ran.
            if (kind == ThreadKind.PLATFORM) {
                assertThat(a.usage().cpuNanos()).isEqualTo(before);
            }
            end.set(true);
            assertThat(TestThread.await(busy)).isPositive();
        }
    }

    @Scenario
    static void threadThatHidesItsStateIsAttached() throws Exception {
        Container a = Containers.at("/attach/hidden-state");
        CountDownLatch end = new CountDownLatch(1);
        Thread thread = new Thread(() -> Waits.await(end)) {
            @Override
            public State getState() {
                return State.NEW;
            }
        };
        thread.start();
        a.attach(thread);
        assertThat(Containers.of(thread)).isSameAs(a);
        end.countDown();
        thread.join();
        assertThatThrownBy(() -> a.attach(thread)).isInstanceOf(IllegalArgumentException.class);
    }

    @Scenario
    static void attachOfAThreadInsideATaskAndAScopeMovesItAtOnce() {
        Container from = Containers.at("/attach/task/from");
        Container to = Containers.at("/attach/task/to");
        Container endpoint = Containers.hierarchy("attach-endpoint").at("/x");
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch moved = new CountDownLatch(1);
        List<String> seen = new CopyOnWriteArrayList<>();
        Runnable task = () -> {
            running.countDown();
            Waits.await(moved);
            seen.add(Containers.current().path());
        };
        Thread thread = new Thread(() -> {
            try (Scope scope = endpoint.enter()) {
                ForkJoinTask.adapt(task).invoke();
            }
        });
        from.start(thread);
        Waits.await(running);
        to.attach(thread);
        moved.countDown();
        ThreadKind.join(thread);
        assertThat(seen).containsExactly("/attach/task/to");
    }
}
