package io.corral.integration.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;
import io.corral.integration.harness.Scenario;
import io.corral.integration.harness.ThreadKind;
import io.corral.integration.support.RecordingSubsystem;
import io.corral.integration.support.TestThread;
import io.corral.integration.support.ThreadCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Virtual threads in a JVM without continuations: each is bound to a platform thread. */
final class BoundVirtualThreadsScenarios {

    private BoundVirtualThreadsScenarios() {}

    @Scenario(117)
    static void virtualThreadBoundToACarrierForksAndExitsOnce() throws Exception {
        Container a = Containers.at("/bound/once");
        List<String> log = RecordingSubsystem.newLog();
        Containers.register(new RecordingSubsystem("S", a, log));
        try (TestThread testThread = TestThread.startIn(a, ThreadKind.VIRTUAL)) {
            testThread.thread().setName("bound");
            assertThat(Thread.class.getMethod("isVirtual").invoke(testThread.thread()))
                    .isEqualTo(true);
            assertThat(testThread.thread().getClass().getSimpleName()).contains("Bound");
            assertThat(testThread.call(Containers::current)).isSameAs(a);
            assertThat(ThreadCounts.of(a)).isEqualTo(new ThreadCounts(1, 1, 0));
            assertThat(Containers.of(testThread.thread())).isSameAs(a);
        }
        assertThat(log).containsExactly("S.canFork()", "S.fork()", "S.exit(bound)");
        assertThat(ThreadCounts.of(a)).isEqualTo(new ThreadCounts(0, 1, 1));
    }

    @Scenario(117)
    static void virtualThreadsThatParkAndForkAreCountedExactly() {
        Container a = Containers.at("/bound/many");
        List<Thread> parents = new ArrayList<>();
        try (Scope scope = a.enter()) {
            for (int i = 0; i < 100; i++) {
                parents.add(ThreadKind.VIRTUAL.start(() -> {
                    LockSupport.parkNanos(1_000_000);
                    Thread.yield();
                    ThreadKind.VIRTUAL.run(() -> LockSupport.parkNanos(1));
                    ThreadKind.PLATFORM.run(() -> {});
                }));
            }
        }
        parents.forEach(ThreadKind::join);
        assertThat(ThreadCounts.of(a)).isEqualTo(new ThreadCounts(0, 300, 300));
    }
}
