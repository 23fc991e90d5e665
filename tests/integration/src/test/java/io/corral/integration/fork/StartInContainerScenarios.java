package io.corral.integration.fork;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Hierarchy;
import io.corral.Scope;
import io.corral.Usage;
import io.corral.integration.harness.Scenario;
import io.corral.integration.harness.ThreadKind;
import io.corral.integration.support.KernelCpuClock;
import io.corral.integration.support.RecordingSubsystem;
import io.corral.integration.support.ThreadCounts;
import io.corral.integration.support.Waits;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/** Threads that are started directly into another container than their parent's. */
final class StartInContainerScenarios {

    private static final int BYTES = 20_000_000;
    private static final long BURNT_NANOS = 200_000_000;

    private StartInContainerScenarios() {}

    @Scenario(19)
    static void childStartedIntoAContainerIsNeverListedInItsParents(ThreadKind kind)
            throws Exception {
        Container a = Containers.at("/direct/seen-a-" + kind);
        Container b = Containers.at("/direct/seen-b-" + kind);
        List<String> log = RecordingSubsystem.newLog();
        Containers.register(new RecordingSubsystem("A", a, log));
        Containers.register(new RecordingSubsystem("B", b, log));
        AtomicReference<Container> seen = new AtomicReference<>();
        Thread child = kind.unstarted(() -> seen.set(Containers.current()));
        child.setName("child");
        try (Scope scope = a.enter()) {
            b.start(child);
        }
        child.join();
        assertThat(seen.get()).isSameAs(b);
        assertThat(log).containsExactly("B.canFork(child)", "B.fork(child)", "B.exit(child)");
        assertThat(ThreadCounts.of(a)).isEqualTo(new ThreadCounts(0, 0, 0));
        assertThat(ThreadCounts.of(b)).isEqualTo(new ThreadCounts(0, 1, 1));
    }

    /** Otherwise the thread could be born in the container of the start that fails. */
    @Scenario
    static void nestedStartInAnotherContainerIsRefused() throws Exception {
        Container first = Containers.at("/direct/first-starter");
        Container second = Containers.at("/direct/second-starter");
        AtomicReference<Container> seen = new AtomicReference<>();
        AtomicReference<String> said = new AtomicReference<>();
        Thread child = new Thread(() -> seen.set(Containers.current()), "child") {
            @Override
            public void start() {
                if (said.compareAndSet(null, "nothing")) {
                    try {
                        second.start(this);
                    } catch (IllegalThreadStateException refused) {
                        said.set(refused.getMessage());
                    }
                }
                super.start();
            }
        };
        first.start(child);
        child.join();
        assertThat(seen.get()).isSameAs(first);
        assertThat(said.get())
                .isEqualTo("thread \"child\" not started in main:/direct/second-starter:"
                        + " another start of it is under way");
    }

    @Scenario(19)
    static void childStartedIntoAContainerChargesNothingToItsParents(ThreadKind kind)
            throws Exception {
        Container a = Containers.at("/direct/charged-a-" + kind);
        Container b = Containers.at("/direct/charged-b-" + kind);
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        AtomicReference<Thread> child = new AtomicReference<>();
        // Only platform threads: a virtual thread's carrier goes on charging its container until
        // another is mounted.
        Thread parent = new Thread(() -> {
            child.set(kind.unstarted(() -> {
                Waits.await(go);
                burn();
            }));
            b.start(child.get());
            started.countDown();
            Waits.await(end);
        });
        a.start(parent);
        started.await();
        while (parent.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }

        KernelCpuClock byParent = KernelCpuClock.of(parent, ThreadKind.PLATFORM);
        Usage before = a.usage();
        go.countDown();
        child.get().join();
        Usage after = a.usage();
        long usedByParent = byParent.cpuNanos();
        Usage childs = b.usage();
        end.countDown();
        parent.join();

        assertThat(childs.cpuNanos()).isGreaterThanOrEqualTo(BURNT_NANOS * 99 / 100);
        assertThat(childs.allocatedBytes()).isGreaterThan(BYTES);
        assertThat(after.cpuNanos() - before.cpuNanos()).isBetween(0L, usedByParent);
        assertThat(after.allocatedBytes()).isEqualTo(before.allocatedBytes());
        assertThat(a.usage().allocatedBytes()).isLessThan(BYTES);
        assertThat(ThreadCounts.of(a)).isEqualTo(new ThreadCounts(0, 1, 1));
    }

    @Scenario(19)
    static void childInheritsItsParentsContainersInOtherHierarchies(ThreadKind kind)
            throws Exception {
        Hierarchy other = Containers.hierarchy("direct");
        Container b = Containers.at("/direct/one-hierarchy-" + kind);
        Container there = other.at("/parent-" + kind);
        AtomicReference<Container> seen = new AtomicReference<>();
        AtomicReference<Container> seenThere = new AtomicReference<>();
        Thread child = kind.unstarted(() -> {
            seen.set(Containers.current());
            seenThere.set(other.current());
        });
        there.run(() -> b.start(child));
        child.join();
        assertThat(seen.get()).isSameAs(b);
        assertThat(seenThere.get()).isSameAs(there);
    }

    /** Burns until the thread's container was charged that much. */
    private static void burn() {
        byte[] kept = new byte[BYTES];
        Container b = Containers.current();
        do {
            for (int i = 0; i < 1_000_000; i++) {
                kept[i] += (byte) i;
            }
        } while (b.usage().cpuNanos() < BURNT_NANOS);
    }
}
