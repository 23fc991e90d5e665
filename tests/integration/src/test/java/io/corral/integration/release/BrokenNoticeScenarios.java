package io.corral.integration.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
import io.corral.integration.harness.Scenario;
import io.corral.integration.harness.ThreadKind;
import io.corral.integration.support.TestThread;
import io.corral.integration.support.ThreadCounts;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Notices that block or throw, in a JVM with logging switched off. */
final class BrokenNoticeScenarios {

    private BrokenNoticeScenarios() {}

    @Scenario(62)
    static void blockingNoticeDelaysNoExit(ThreadKind kind) throws Exception {
        Container slow = Containers.at("/broken/slow-" + kind);
        Container next = Containers.at("/broken/next-" + kind);
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch letGo = new CountDownLatch(1);
        List<Container> notices = new CopyOnWriteArrayList<>();
        slow.onRelease(released -> {
            blocked.countDown();
            awaitUninterrupted(letGo);
            notices.add(released);
        });
        next.onRelease(notices::add);
        TestThread.startIn(slow, kind).close();
        assertThat(blocked.await(60, TimeUnit.SECONDS)).isTrue();
        // These threads end and are counted as ended while the notice of the first one hangs.
        for (int i = 0; i < 10; i++) {
            TestThread.startIn(next, kind).close();
        }
        assertThat(ThreadCounts.of(next)).isEqualTo(new ThreadCounts(0, 10, 10));
        assertThat(notices).isEmpty();
        letGo.countDown();
        ReleaseScenarios.givenSoFar();
        assertThat(notices).startsWith(slow, next);
        assertThat(notices).hasSize(11);
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Scenario(62)
    static void noticeThatThrowsPreventsNoLaterNotice(ThreadKind kind) throws Exception {
        Container a = Containers.at("/broken/throws-" + kind);
        Container b = Containers.at("/broken/after-" + kind);
        List<Container> notices = new CopyOnWriteArrayList<>();
        a.onRelease(released -> {
            throw new IllegalStateException("broken notice");
        });
        a.onRelease(released -> {
            throw new StackOverflowError("broken notice");
        });
        a.onRelease(notices::add);
        b.onRelease(notices::add);
        TestThread.startIn(a, kind).close();
        TestThread.startIn(b, kind).close();
        TestThread.startIn(a, kind).close();
        ReleaseScenarios.givenSoFar();
        assertThat(notices).containsExactly(a, b, a);
    }
}
