package io.corral.integration.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.corral.Container;
import io.corral.Containers;
import io.corral.ForkRefusedException;
import io.corral.Refusal;
import io.corral.Scope;
import io.corral.Subsystem;
import io.corral.integration.harness.Scenario;
import io.corral.integration.harness.ThreadKind;
import io.corral.integration.support.TestThread;
import io.corral.integration.support.Waits;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Which containers are populated, and the notice when the last member has gone. */
final class ReleaseScenarios {

    private ReleaseScenarios() {}

    @Scenario(56)
    static void memberPopulatesItsAncestorsAndItsExitNotifiesEach(ThreadKind kind)
            throws Exception {
        Container a = Containers.at("/release/a-" + kind);
        Container b = a.create("b");
        Container c = b.create("c");
        Container d = b.create("d");
        List<Container> notices = new CopyOnWriteArrayList<>();
        a.onRelease(notices::add);
        c.onRelease(notices::add);
        d.onRelease(notices::add);
        try (TestThread testThread = TestThread.startIn(c, kind)) {
            testThread.run(() -> {});
            populated(List.of(a, b, c), List.of(d));
            givenSoFar();
            assertThat(notices).isEmpty();
        }
        populated(List.of(), List.of(a, b, c, d));
        givenSoFar();
        assertThat(notices).containsExactlyInAnyOrder(a, c);
    }

    /** The last member ends while a start is asked for, which is then refused. */
    @Scenario({})
    static void refusedStartGivesTheNoticeItDelayed(ThreadKind kind) throws Exception {
        Container a = Containers.at("/release/refused-" + kind);
        List<Container> notices = new CopyOnWriteArrayList<>();
        CountDownLatch end = new CountDownLatch(1);
        Thread last = kind.unstarted(() -> await(end));
        Thread refused = kind.unstarted(() -> {});
        Containers.register(new Subsystem() {
            @Override
            public @Nullable Refusal canFork(Thread thread, Container container) {
                if (thread != refused) {
                    return null;
                }
                end.countDown();
                await(last);
                return Refusal.because("no more");
            }
        });
        a.onRelease(notices::add);
        a.start(last);
        assertThatThrownBy(() -> a.start(refused)).isInstanceOf(ForkRefusedException.class);
        givenSoFar();
        assertThat(notices).containsExactly(a);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void populated(List<Container> yes, List<Container> no) {
        assertThat(yes).allMatch(Container::isPopulated);
        assertThat(no).noneMatch(Container::isPopulated);
    }

    @Scenario(57)
    static void exitOfTheLastMemberNotifiesOnce(ThreadKind kind) throws Exception {
        Container a = Containers.at("/release/last-" + kind);
        Container below = a.create("below");
        List<String> notices = new CopyOnWriteArrayList<>();
        a.onRelease(released ->
                notices.add(released.path() + " in " + Containers.current().path()));
        String once = a.path() + " in /jvm/corral";

        TestThread first = TestThread.startIn(a, kind);
        TestThread second = TestThread.startIn(below, kind);
        first.close();
        givenSoFar();
        assertThat(notices).isEmpty();
        second.close();
        givenSoFar();
        assertThat(notices).containsExactly(once);

        // Notices are edge-triggered: each time the last member goes, by a move or by its end.
        TestThread third = TestThread.startIn(a, kind);
        below.attach(third.thread());
        givenSoFar();
        assertThat(notices).containsExactly(once);
        Containers.root().attach(third.thread());
        givenSoFar();
        assertThat(notices).containsExactly(once, once);
        third.close();
        givenSoFar();
        assertThat(notices).containsExactly(once, once);
    }

    @Scenario(60)
    static void containerThatNeverHadAMemberGivesNoNotice(ThreadKind kind) throws Exception {
        Container parent = Containers.at("/release/never-" + kind);
        Container fresh = parent.create("fresh");
        List<Container> notices = new CopyOnWriteArrayList<>();
        fresh.onRelease(notices::add);
        try (TestThread testThread = TestThread.startIn(parent, kind)) {
            // A thread that only enters is not a member.
            Scope scope = testThread.call(fresh::enter);
            testThread.run(scope::close);
        }
        fresh.remove();
        givenSoFar();
        assertThat(notices).isEmpty();
    }

    @Scenario
    static void childOfAThreadPopulatesItsContainer(ThreadKind kind) throws Exception {
        Container a = Containers.at("/release/family-" + kind);
        List<Container> notices = new CopyOnWriteArrayList<>();
        a.onRelease(notices::add);
        TestThread parent = TestThread.startIn(a, kind);
        TestThread child = parent.call(() -> TestThread.start(kind));
        parent.close();
        givenSoFar();
        assertThat(a.isPopulated()).isTrue();
        assertThat(notices).isEmpty();
        child.close();
        givenSoFar();
        assertThat(notices).containsExactly(a);
    }

    @Scenario
    static void noticeThatInterruptsItsThreadAffectsNoLaterNotice() throws Exception {
        Container a = Containers.at("/release/interrupts");
        Container b = Containers.at("/release/after-the-interrupt");
        List<Boolean> interrupted = new CopyOnWriteArrayList<>();
        AtomicReference<Thread> background = new AtomicReference<>();
        a.onRelease(released -> {
            background.set(Thread.currentThread());
            Thread.currentThread().interrupt();
        });
        b.onRelease(released -> interrupted.add(Thread.currentThread().isInterrupted()));
        TestThread.startIn(a, ThreadKind.PLATFORM).close();
        TestThread.startIn(b, ThreadKind.PLATFORM).close();
        givenSoFar();
        assertThat(interrupted).containsExactly(false);

        // A thread that kept its interrupt would never wait.
        TestThread.startIn(a, ThreadKind.PLATFORM).close();
        Waits.until(() -> background.get().getState() == Thread.State.WAITING);
    }

    /** Waits until all due notices were given. One thread gives them in order. */
    static void givenSoFar() throws InterruptedException {
        Container fence = Containers.at("/release-fence").create(String.valueOf(System.nanoTime()));
        CountDownLatch given = new CountDownLatch(1);
        fence.onRelease(released -> given.countDown());
        Thread thread = new Thread(() -> {});
        fence.start(thread);
        assertThat(given.await(60, TimeUnit.SECONDS)).isTrue();
        thread.join();
        fence.remove();
    }
}
