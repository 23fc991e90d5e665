package io.corral.integration.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;
import io.corral.Usage;
import io.corral.integration.harness.Scenario;
import io.corral.integration.harness.ThreadKind;
import io.corral.integration.support.CpuLoad;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** What a thread has used itself, while others use the same carriers. */
final class CurrentThreadUsageScenarios {

    private static final int WARM_UP = 20;
    private static final int STAYS = 50;
    private static final int BYTES = 1 << 18;

    /** The mounts, dismounts and calls around the work. */
    private static final double OVERHEAD = 0.1;

    private static volatile Object sink;

    private CurrentThreadUsageScenarios() {}

    @Scenario
    static void differenceOfTwoCallsIsWhatTheThreadUsedInBetween(ThreadKind kind) throws Exception {
        Container other = Containers.at("/current-thread/other-" + kind);
        AtomicBoolean isOver = new AtomicBoolean();
        List<Thread> busy = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            busy.add(kind.start(() -> {
                while (!isOver.get()) {
                    CpuLoad.millis(1);
                    sink = new byte[BYTES];
                    // A thread that only yields keeps sleepers from waking up on JDK 25.
                    LockSupport.parkNanos(1_000);
                }
            }));
        }
        try {
            run(kind, () -> {
                stays(other, WARM_UP);
                Usage before = Containers.currentThreadUsage();
                long burnt = stays(other, STAYS);
                Usage after = Containers.currentThreadUsage();
                long used = after.cpuNanos() - before.cpuNanos();
                assertThat(used).isBetween(burnt, (long) (burnt * (1 + OVERHEAD)));
                long bytes = after.allocatedBytes() - before.allocatedBytes();
                assertThat(bytes)
                        .isBetween((long) STAYS * BYTES, (long) (STAYS * BYTES * (1 + OVERHEAD)));
                assertThat(after.settledAllocatedBytes()).isEqualTo(after.allocatedBytes());
                assertThat(after.apportionedCpuNanos()).isZero();
                assertThat(after.forks()).isEqualTo(Usage.UNKNOWN);
                return null;
            });
        } finally {
            isOver.set(true);
            for (Thread thread : busy) {
                ThreadKind.join(thread);
            }
        }
    }

    @Scenario(since = 21)
    static void virtualThreadCountsFromItsFirstCall() throws Exception {
        run(ThreadKind.VIRTUAL, () -> {
            CpuLoad.millis(50);
            Usage first = Containers.currentThreadUsage();
            assertThat(first.cpuNanos()).isBetween(0L, 10_000_000L);
            Thread.yield();
            assertThat(Containers.currentThreadUsage().cpuNanos())
                    .isBetween(first.cpuNanos(), 30_000_000L);
            return null;
        });
    }

    @Scenario
    static void platformThreadCountsFromItsStart() throws Exception {
        run(ThreadKind.PLATFORM, () -> {
            long burnt = CpuLoad.millis(50);
            assertThat(Containers.currentThreadUsage().cpuNanos()).isGreaterThan(burnt);
            return null;
        });
    }

    /** @return the CPU nanoseconds that were used in the container */
    private static long stays(Container container, int count) {
        long burnt = 0;
        for (int i = 0; i < count; i++) {
            try (Scope scope = container.enter()) {
                burnt += burn(TimeUnit.MILLISECONDS.toNanos(8));
                sink = new byte[BYTES];
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        return burnt;
    }

    /**
     * As {@link CpuLoad#millis}, but reads the clock rarely: code that is not optimized yet
     * allocates for each reading.
     */
    private static long burn(long nanos) {
        long start = CpuLoad.ownCpuNanos();
        long used;
        do {
            for (int i = 0; i < 20; i++) {
                CpuLoad.work();
            }
            used = CpuLoad.ownCpuNanos() - start;
        } while (used < nanos);
        return used;
    }

    private static void run(ThreadKind kind, Callable<?> task) throws Exception {
        FutureTask<?> result = new FutureTask<>(task);
        Thread thread = kind.start(result);
        result.get(60, TimeUnit.SECONDS);
        ThreadKind.join(thread);
    }
}
