package io.corral.integration.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.corral.Container;
import io.corral.Containers;
import io.corral.ForkRefusedException;
import io.corral.Hierarchy;
import io.corral.Scope;
import io.corral.integration.harness.Scenario;
import io.corral.integration.harness.ThreadKind;
import io.corral.integration.support.RecordingSubsystem;
import io.corral.integration.support.ThreadCounts;
import io.corral.integration.support.Waits;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Starts that are refused, and starts of threads that were started before. */
final class RefusedStartScenarios {

    private RefusedStartScenarios() {}

    @Scenario(22)
    static void refusedStartCancelsInReverseOrderAndChargesNothing(ThreadKind kind)
            throws Exception {
        Hierarchy other = Containers.hierarchy("protocol");
        Container a = Containers.at("/refusal/refused-" + kind);
        Container b = other.at("/refusal/refused-" + kind);
        List<Container> charged = List.of(a, a.parent(), b, b.parent());
        List<String> log = RecordingSubsystem.newLog();
        RecordingSubsystem third = new RecordingSubsystem("S3", a, log);
        Containers.register(new RecordingSubsystem("S1", a, log));
        Containers.register(new RecordingSubsystem("S2", b, log));
        Containers.register(third);
        Containers.register(new RecordingSubsystem("S4", b, log));
        AtomicInteger runs = new AtomicInteger();
        Thread child = kind.unstarted(runs::incrementAndGet);
        child.setName("child");
        third.refuse("no more than 0 of 0");

        try (Scope scope = a.enter();
                Scope there = b.enter()) {
            assertThatThrownBy(child::start)
                    .isInstanceOf(ForkRefusedException.class)
                    .hasMessage("Thread \"child\" not started in container " + a.path()
                            + ": S3 refused: no more than 0 of 0")
                    .extracting(refused -> ((ForkRefusedException) refused).subsystem())
                    .isSameAs(third);
        }
        assertThat(log)
                .containsExactly(
                        "S1.canFork(child)",
                        "S2.canFork(child)",
                        "S3.canFork(child)",
                        "S2.cancelFork(child)",
                        "S1.cancelFork(child)");
        for (Container container : charged) {
            assertThat(ThreadCounts.of(container)).isEqualTo(new ThreadCounts(0, 0, 0));
            assertThat(container.usage().forks()).isZero();
            assertThat(container.isPopulated()).isFalse();
            assertThat(container.threads()).isEmpty();
        }
        assertThat(child.getState())
                .isEqualTo(
                        kind == ThreadKind.PLATFORM ? Thread.State.NEW : Thread.State.TERMINATED);
        assertThat(Containers.of(child)).isSameAs(Containers.root());
        assertThat(runs).hasValue(0);
    }

    @Scenario(22)
    static void refusedPlatformThreadStartsLaterAndARefusedVirtualOneNeverDoes(ThreadKind kind)
            throws Exception {
        Container a = Containers.at("/protocol/again-" + kind);
        List<String> log = RecordingSubsystem.newLog();
        RecordingSubsystem subsystem = new RecordingSubsystem("S", a, log);
        Containers.register(subsystem);
        AtomicInteger runs = new AtomicInteger();
        Thread child = kind.unstarted(runs::incrementAndGet);
        child.setName("child");
        subsystem.refuse("not yet");
        assertThatThrownBy(() -> a.start(child))
                .isInstanceOf(ForkRefusedException.class)
                .hasMessage("Thread \"child\" not started in container " + a.path()
                        + ": S refused: not yet");
        subsystem.refuse(null);
        if (kind == ThreadKind.VIRTUAL) {
            assertThatThrownBy(() -> a.start(child))
                    .isInstanceOf(IllegalThreadStateException.class);
            assertThat(log).containsExactly("S.canFork(child)");
            assertThat(ThreadCounts.of(a)).isEqualTo(new ThreadCounts(0, 0, 0));
            return;
        }
        a.start(child);
        child.join();
        assertThat(runs).hasValue(1);
        assertThat(log)
                .containsExactly(
                        "S.canFork(child)", "S.canFork(child)", "S.fork(child)", "S.exit(child)");
        assertThat(ThreadCounts.of(a)).isEqualTo(new ThreadCounts(0, 1, 1));
    }

    @Scenario(22)
    static void containerOfARefusedThreadIsRemoved(ThreadKind kind) {
        Container a = Containers.at("/protocol/refused-and-removed-" + kind);
        RecordingSubsystem subsystem = new RecordingSubsystem("S", a, RecordingSubsystem.newLog());
        Containers.register(subsystem);
        subsystem.refuse("never");
        Thread child = kind.unstarted(() -> {});
        assertThatThrownBy(() -> a.start(child)).isInstanceOf(ForkRefusedException.class);
        a.remove();
        assertThat(a.isRemoved()).isTrue();
    }

    @Scenario(25)
    static void secondStartChangesNothing(ThreadKind kind) throws Exception {
        Container a = Containers.at("/protocol/twice-" + kind);
        Container b = Containers.at("/protocol/twice-elsewhere-" + kind);
        List<String> log = RecordingSubsystem.newLog();
        Containers.register(new RecordingSubsystem("A", a, log));
        Containers.register(new RecordingSubsystem("B", b, log));
        CountDownLatch end = new CountDownLatch(1);
        Thread child = kind.unstarted(() -> Waits.await(end));
        child.setName("child");
        a.start(child);

        startAgain(child, b);
        assertThat(Containers.of(child)).isSameAs(a);
        assertThat(ThreadCounts.of(a)).isEqualTo(new ThreadCounts(1, 1, 0));
        end.countDown();
        child.join();

        startAgain(child, b);
        assertThat(Containers.of(child)).isSameAs(Containers.root());
        assertThat(ThreadCounts.of(a)).isEqualTo(new ThreadCounts(0, 1, 1));
        assertThat(ThreadCounts.of(b)).isEqualTo(new ThreadCounts(0, 0, 0));
        assertThat(log).containsExactly("A.canFork(child)", "A.fork(child)", "A.exit(child)");
        a.remove();
        b.remove();
    }

    private static void startAgain(Thread thread, Container elsewhere) {
        assertThatThrownBy(thread::start).isInstanceOf(IllegalThreadStateException.class);
        assertThatThrownBy(() -> elsewhere.run(thread::start))
                .isInstanceOf(IllegalThreadStateException.class);
        assertThatThrownBy(() -> elsewhere.start(thread))
                .isInstanceOf(IllegalThreadStateException.class);
    }
}
