package io.corral.integration.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Hierarchy;
import io.corral.Scope;
import io.corral.Snapshot;
import io.corral.Usage;
import io.corral.integration.harness.Scenario;
import io.corral.integration.harness.ThreadKind;
import io.corral.integration.support.CpuLoad;
import io.corral.integration.support.TestThread;
import io.corral.integration.support.UsageAssertions;
import io.corral.integration.support.Waits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** The usage that containers show. */
final class UsageScenarios {

    /** Keeps allocations from being optimized away. */
    static volatile Object sink;

    static {
        // Loads and links the code now, so that no container is charged for that.
        CpuLoad.millis(1);
    }

    private UsageScenarios() {}

    @Scenario(75)
    static void newContainerStartsAtZeroAndIsChargedItsThreadsWork(ThreadKind kind)
            throws Exception {
        Container a = Containers.at("/usage/burn-" + kind);
        assertThat(a.usage())
                .isEqualTo(new Usage(
                        0, 0, 0, 0, 0, 0, 0, 0, Usage.UNKNOWN, Usage.UNKNOWN, Usage.UNKNOWN));
        long atEnd;
        long besides;
        try (TestThread testThread = TestThread.startIn(a, kind)) {
            long burnt = testThread.call(() -> CpuLoad.millis(1_000));
            UsageAssertions.assertBurnt(a.usage(), burnt, testThread.cpuNanos() - burnt);
            atEnd = burnt + testThread.call(() -> CpuLoad.millis(100));
            besides = testThread.cpuNanos() - atEnd;
        }
        // The thread's last usage was not read while it was alive.
        assertThat(a.usage().cpuNanos()).isBetween(atEnd, atEnd / 100 * 101 + besides);
    }

    @Scenario(77)
    static void cpuTimeOfAParentIsTheSumOfItsChildren(ThreadKind kind) {
        Container c = Containers.at("/usage/sum-" + kind);
        Container d = c.create("d");
        Container e = c.create("e");
        AtomicBoolean stop = new AtomicBoolean();
        List<Thread> busy = List.of(busy(kind, d, stop), busy(kind, e, stop));
        try {
            until(d, 300);
            until(e, 300);
            // The threads go on meanwhile, for as long as this thread does not run.
            assertIsSum(c, d, e);
            var usages = c.hierarchy().usages();
            assertThat(usages.get(c).cpuNanos())
                    .isEqualTo(usages.get(d).cpuNanos() + usages.get(e).cpuNanos());
        } finally {
            stop.set(true);
            busy.forEach(ThreadKind::join);
        }
        // A carrier that becomes idle may still charge the last thread that it ran.
        assertIsSum(c, d, e);
    }

    @Scenario
    static void snapshotOfBusyThreadsAddsUpToTheProcess(ThreadKind kind) {
        Container c = Containers.at("/usage/snapshot-" + kind);
        AtomicBoolean stop = new AtomicBoolean();
        Thread busy = busy(kind, c.create("d"), stop);
        try {
            until(c, 300);
            Hierarchy other = Containers.hierarchy("usage-snapshot");
            long before = c.usage().cpuNanos();
            Snapshot snapshot = Containers.snapshot(Duration.ZERO);
            assertThat(snapshot.usage(c).cpuNanos()).isBetween(before, c.usage().cpuNanos());
            long containers = snapshot.containerCpuNanos();
            assertThat(snapshot.usage(Containers.root()).cpuNanos()).isEqualTo(containers);
            assertThat(snapshot.usage(other.root()).cpuNanos()).isEqualTo(containers);
            assertThat(snapshot.jvmCpuNanos()).isPositive();
            assertThat(containers + snapshot.jvmCpuNanos() + snapshot.unattributedCpuNanos())
                    .isEqualTo(snapshot.processCpuNanos());
        } finally {
            stop.set(true);
            ThreadKind.join(busy);
        }
    }

    /** The bounds are the two values before and after the reading. */
    private static void assertIsSum(Container sum, Container one, Container other) {
        long before = one.usage().cpuNanos() + other.usage().cpuNanos();
        long both = sum.usage().cpuNanos();
        assertThat(both)
                .isBetween(before, one.usage().cpuNanos() + other.usage().cpuNanos());
    }

    @Scenario(89)
    static void cpuTimeOfABusyContainerGrows(ThreadKind kind) {
        Container a = Containers.at("/usage/busy-" + kind);
        AtomicBoolean stop = new AtomicBoolean();
        Thread busy = busy(kind, a, stop);
        try {
            for (int i = 1; i <= 5; i++) {
                // Reads until the value has grown; a value that stays would loop without end.
                until(a, 20 * i);
                assertThat(a.usage().cpuNanos()).isGreaterThan(0);
            }
        } finally {
            stop.set(true);
            ThreadKind.join(busy);
        }
    }

    @Scenario(79)
    static void containerWithoutThreadsHasAllocatedNothing(ThreadKind kind) {
        Container a = Containers.at("/usage/threadless-" + kind);
        CountDownLatch allocated = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        Thread beside = kind.unstarted(() -> {
            sink = new byte[100_000];
            allocated.countDown();
            Waits.await(mayEnd);
        });
        a.parent().start(beside);
        Waits.await(allocated);
        assertThat(a.usage().allocatedBytes()).isZero();
        assertThat(a.usage().settledAllocatedBytes()).isZero();
        mayEnd.countDown();
        ThreadKind.join(beside);
        assertThat(a.usage().allocatedBytes()).isZero();
        assertThat(a.parent().usage().allocatedBytes()).isGreaterThanOrEqualTo(100_000);
    }

    @Scenario(78)
    static void onlyAllocationInsideAScopeIsCharged(ThreadKind kind) {
        Container a = Containers.at("/usage/allocates-" + kind);
        AtomicLong before = new AtomicLong();
        AtomicLong after = new AtomicLong();
        kind.run(() -> {
            allocateIn(a, 0);
            before.set(a.usage().allocatedBytes());
            allocateIn(a, 10_240);
            sink = new byte[10_240];
            after.set(a.usage().allocatedBytes());
        });
        assertThat(after.get() - before.get()).isBetween(10_240L, 11_239L);
    }

    private static void allocateIn(Container container, int bytes) {
        try (Scope scope = container.enter()) {
            sink = new byte[bytes];
        }
    }

    @Scenario(76)
    static void totalOfAParentIncludesExistingAndRemovedChildren(ThreadKind kind) {
        Container parent = Containers.at("/usage/parent-" + kind);
        List<Container> children = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Container child = parent.create("child-" + i);
            children.add(child);
            for (int j = 0; j < 5; j++) {
                Thread thread = kind.unstarted(UsageScenarios::workALittle);
                child.start(thread);
                threads.add(thread);
            }
        }
        Thread own = kind.unstarted(UsageScenarios::workALittle);
        parent.start(own);
        threads.add(own);
        threads.forEach(ThreadKind::join);

        // The carrier that ran a thread last may still charge that thread's container for a few
        // microseconds.
        Usage least = parent.ownUsage();
        var usages = parent.hierarchy().usages();
        Usage most = parent.ownUsage();
        Usage total = usages.get(parent);
        long cpuNanos = 0;
        long allocatedBytes = 0;
        for (Container child : children) {
            assertThat(usages.get(child).cpuNanos()).isGreaterThanOrEqualTo(10_000_000);
            assertThat(usages.get(child).forks()).isEqualTo(5);
            assertThat(usages.get(child).exits()).isEqualTo(5);
            cpuNanos += usages.get(child).cpuNanos();
            allocatedBytes += usages.get(child).allocatedBytes();
        }
        assertThat(least.cpuNanos()).isPositive();
        assertThat(total.cpuNanos() - cpuNanos).isBetween(least.cpuNanos(), most.cpuNanos());
        assertThat(total.allocatedBytes() - allocatedBytes)
                .isBetween(least.allocatedBytes(), most.allocatedBytes());
        if (kind == ThreadKind.PLATFORM) {
            assertThat(most).isEqualTo(least);
        }
        removeAll(kind, parent, children, total);
    }

    private static void removeAll(
            ThreadKind kind, Container parent, List<Container> children, Usage total) {
        children.forEach(Container::remove);
        Usage own = parent.ownUsage();
        assertThat(parent.children()).isEmpty();
        assertThat(own.forks()).isEqualTo(21);
        assertThat(own.exits()).isEqualTo(21);
        assertThat(own.cpuNanos()).isGreaterThanOrEqualTo(total.cpuNanos());
        if (kind == ThreadKind.PLATFORM) {
            assertThat(own).isEqualTo(total);
            assertThat(parent.usage()).isEqualTo(total);
        } else {
            assertThat(own.cpuNanos()).isCloseTo(total.cpuNanos(), withPercentage(5));
        }
    }

    private static void workALittle() {
        CpuLoad.millis(2);
        sink = new byte[1_000];
    }

    private static Thread busy(ThreadKind kind, Container container, AtomicBoolean stop) {
        CountDownLatch running = new CountDownLatch(1);
        Thread thread = kind.unstarted(() -> {
            running.countDown();
            while (!stop.get()) {
                CpuLoad.work();
            }
        });
        container.start(thread);
        Waits.await(running);
        return thread;
    }

    /** Reads until {@code container} has used that much. */
    private static void until(Container container, long cpuMillis) {
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (container.usage().cpuNanos() < cpuMillis * 1_000_000) {
            assertThat(System.nanoTime())
                    .as("usage stands at %s", container.usage())
                    .isLessThan(deadline);
            Thread.yield();
        }
    }
}
