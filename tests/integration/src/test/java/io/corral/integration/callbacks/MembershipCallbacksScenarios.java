package io.corral.integration.callbacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Refusal;
import io.corral.Subsystem;
import io.corral.integration.harness.Scenario;
import io.corral.integration.harness.ThreadKind;
import io.corral.integration.support.TestThread;
import io.corral.integration.support.ThreadCounts;
import io.corral.integration.support.Waits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Registering with members there, unregistering, withdrawing notices, and moving all at once. */
final class MembershipCallbacksScenarios {

    private static final int MEMBERS = 14;

    private MembershipCallbacksScenarios() {}

    /** Records what it is told of the threads of one container. */
    private static final class CallRecorder implements Subsystem {

        private final Container of;
        private final List<String> told = new CopyOnWriteArrayList<>();

        CallRecorder(Container of) {
            this.of = of;
        }

        @Override
        public Object containerCreated(Container container) {
            return "state";
        }

        @Override
        public @Nullable Refusal canFork(Thread thread, Container container) {
            return tell("canFork", thread, container);
        }

        @Override
        public void adopt(Thread thread, Container container) {
            tell("adopt", thread, container);
        }

        @Override
        public void exit(Thread thread, Container container) {
            tell("exit", thread, container);
        }

        private @Nullable Refusal tell(String callback, Thread thread, Container container) {
            if (container == of) {
                told.add(callback + " " + thread.getName());
            }
            return null;
        }
    }

    @Scenario
    static void existingPlatformMemberIsAdoptedOnceAndExits() throws Exception {
        Container a = Containers.at("/adopt/platform");
        CallRecorder recorded = new CallRecorder(a);
        try (TestThread testThread = TestThread.startIn(a, ThreadKind.PLATFORM)) {
            testThread.thread().setName("there");
            Containers.register(recorded);
            Containers.register(new Subsystem() {});
            assertThat(recorded.told).containsExactly("adopt there");
        }
        assertThat(recorded.told).containsExactly("adopt there", "exit there");
        Containers.unregister(recorded);
    }

    /** Each is asked for or adopted, and never both, while a subsystem is registered. */
    @Scenario
    static void threadsStartedDuringARegistrationAreReportedOnce() throws Exception {
        Container a = Containers.at("/adopt/starting");
        for (int round = 0; round < 50; round++) {
            CallRecorder recorded = new CallRecorder(a);
            List<Thread> threads = new ArrayList<>();
            AtomicBoolean registered = new AtomicBoolean();
            Thread starter = ThreadKind.PLATFORM.start(() -> {
                do {
                    Thread thread = new Thread(() -> {}, "t" + threads.size());
                    threads.add(thread);
                    a.start(thread);
                } while (!registered.get());
            });
            Containers.register(recorded);
            registered.set(true);
            starter.join();
            for (Thread thread : threads) {
                thread.join();
            }
            Containers.unregister(recorded);
            List<String> came = new ArrayList<>();
            List<String> left = new ArrayList<>();
            for (String told : recorded.told) {
                (told.startsWith("exit") ? left : came).add(told.substring(told.indexOf(' ')));
            }
            assertThat(came).doesNotHaveDuplicates();
            assertThat(left).containsExactlyInAnyOrderElementsOf(came);
            assertThat(came).contains(" t" + (threads.size() - 1));
        }
    }

    @Scenario
    static void unregisteredSubsystemIsNotCalled(ThreadKind kind) throws Exception {
        Container a = Containers.at("/unregister/" + kind);
        AtomicInteger asked = new AtomicInteger();
        Subsystem refuser = new Subsystem() {
            @Override
            public Object containerCreated(Container container) {
                return "state";
            }

            @Override
            public @Nullable Refusal canFork(Thread thread, Container container) {
                asked.incrementAndGet();
                return container == a ? Refusal.because("full") : null;
            }
        };
        Containers.register(refuser);
        assertThat(a.state(refuser)).isEqualTo("state");
        assertThatThrownBy(() -> a.start(kind.unstarted(() -> {}))).hasMessageContaining("full");
        assertThat(Containers.unregister(refuser)).isTrue();
        assertThat(Containers.unregister(refuser)).isFalse();
        assertThat(a.state(refuser)).isNull();
        asked.set(0);
        Thread thread = kind.unstarted(() -> {});
        a.start(thread);
        thread.join();
        assertThat(asked).hasValue(0);
        assertThat(ThreadCounts.of(a)).isEqualTo(new ThreadCounts(0, 1, 1));
    }

    @Scenario
    static void reregisteredSubsystemIsToldOfAllMembersAgain() throws Exception {
        Container a = Containers.at("/adopt/again");
        CallRecorder recorded = new CallRecorder(a);
        try (TestThread testThread = TestThread.startIn(a, ThreadKind.PLATFORM)) {
            testThread.thread().setName("there");
            Containers.register(recorded);
            Containers.unregister(recorded);
            Containers.register(recorded);
            assertThat(recorded.told).containsExactly("adopt there", "adopt there");
            assertThat(a.state(recorded)).isEqualTo("state");
        }
        Containers.unregister(recorded);
    }

    @Scenario
    static void withdrawnNoticeIsNotGiven(ThreadKind kind) throws Exception {
        Container a = Containers.at("/withdrawn/" + kind);
        List<String> given = new CopyOnWriteArrayList<>();
        Consumer<Container> withdrawn = container -> given.add("withdrawn");
        CountDownLatch kept = new CountDownLatch(1);
        a.onRelease(withdrawn);
        a.onRelease(container -> {
            given.add("kept");
            kept.countDown();
        });
        assertThat(a.withdrawRelease(withdrawn)).isTrue();
        assertThat(a.withdrawRelease(withdrawn)).isFalse();
        Thread thread = kind.unstarted(() -> {});
        a.start(thread);
        thread.join();
        Waits.await(kept);
        assertThat(given).containsExactly("kept");
    }

    /** The kernel's test of a migrated process: a reader never sees a part of it. */
    @Scenario
    static void readerSeesThreadsThatMoveTogetherInTheSameContainer() throws Exception {
        Container parent = Containers.at("/attach-all");
        Container source = parent.create("source");
        Container destination = parent.create("destination");
        List<TestThread> members = new ArrayList<>();
        for (int i = 0; i < MEMBERS; i++) {
            members.add(TestThread.startIn(source, ThreadKind.PLATFORM));
        }
        AtomicBoolean over = new AtomicBoolean();
        Thread mover = ThreadKind.PLATFORM.start(() -> {
            while (!over.get()) {
                assertThat(destination.attachAll(source)).isEqualTo(MEMBERS);
                assertThat(source.attachAll(destination)).isEqualTo(MEMBERS);
            }
        });
        try {
            for (int i = 0; i < 2_000; i++) {
                var usages = Containers.snapshot(Duration.ZERO).usages(parent.hierarchy());
                long here = usages.get(source).threads();
                assertThat(here).isIn(0L, (long) MEMBERS);
                assertThat(usages.get(destination).threads()).isEqualTo(MEMBERS - here);
            }
        } finally {
            over.set(true);
            ThreadKind.join(mover);
            for (TestThread member : members) {
                member.close();
            }
        }
        assertThat(source.attachAll(source)).isZero();
        assertThatThrownBy(() -> source.attachAll(Containers.hierarchy("other").root()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("another hierarchy");
    }

    @Scenario
    static void refusedMoveOfOneThreadMovesNone() throws Exception {
        Container source = Containers.at("/attach-all-refused/source");
        Container destination = Containers.at("/attach-all-refused/destination");
        List<String> cancelled = new CopyOnWriteArrayList<>();
        Subsystem subsystem = new Subsystem() {
            @Override
            public @Nullable Refusal canAttach(Thread thread, Container from, Container to) {
                return thread.getName().equals("stays") ? Refusal.because("it stays") : null;
            }

            @Override
            public void cancelAttach(Thread thread, Container from, Container to) {
                cancelled.add(thread.getName());
            }
        };
        Containers.register(subsystem);
        try (TestThread first = TestThread.startIn(source, ThreadKind.PLATFORM);
                TestThread second = TestThread.startIn(source, ThreadKind.PLATFORM)) {
            first.thread().setName("moves");
            second.thread().setName("stays");
            assertThatThrownBy(() -> destination.attachAll(source))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("it stays");
            assertThat(source.threads()).hasSize(2);
            assertThat(cancelled).isSubsetOf("moves");
        } finally {
            Containers.unregister(subsystem);
        }
    }
}
