package io.corral.integration.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.corral.Container;
import io.corral.Containers;
import io.corral.ForkRefusedException;
import io.corral.Refusal;
import io.corral.Subsystem;
import io.corral.integration.harness.Scenario;
import io.corral.integration.harness.ThreadKind;
import io.corral.integration.support.CpuLoad;
import io.corral.integration.support.KernelCpuClock;
import io.corral.integration.support.TestCarriers;
import io.corral.integration.support.TestThread;
import io.corral.integration.support.ThreadCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Carriers are never refused, and are not charged for the virtual threads that they run. */
final class CarriersScenarios {

    private CarriersScenarios() {}

    /** Refuses every start while switched on, as a limit of 0 on the root would. */
    private static final class RefusingSubsystem implements Subsystem {

        final List<Thread> refused = new ArrayList<>();
        volatile boolean refusing = true;

        @Override
        public @Nullable Refusal canFork(Thread thread, Container container) {
            if (!refusing) {
                return null;
            }
            synchronized (refused) {
                refused.add(thread);
            }
            return new Refusal("no thread at all", Containers.root(), 0);
        }
    }

    @Scenario(113)
    static void refusingSubsystemIsNotAskedForCarriersAndLosesNoVirtualThread() throws Exception {
        int all = 8;
        AtomicBoolean go = new AtomicBoolean();
        AtomicInteger running = new AtomicInteger();
        CountDownLatch ended = new CountDownLatch(all);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < all; i++) {
            CountDownLatch parks = new CountDownLatch(1);
            threads.add(ThreadKind.VIRTUAL.start(() -> {
                parks.countDown();
                while (!go.get()) {
                    LockSupport.park();
                }
                // Each needs a separate carrier, most of which have to be started first.
                running.incrementAndGet();
                while (running.get() < all) {
                    Thread.onSpinWait();
                }
                // The first timed park starts a helper thread of the JDK.
                LockSupport.parkNanos(1_000_000);
                ended.countDown();
            }));
            parks.await();
        }
        RefusingSubsystem refuser = new RefusingSubsystem();
        Containers.register(refuser);
        Thread unborn = new Thread(() -> {});
        try {
            assertThatThrownBy(unborn::start).isInstanceOf(ForkRefusedException.class);
            go.set(true);
            threads.forEach(LockSupport::unpark);
            assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            refuser.refusing = false;
        }
        assertThat(refuser.refused).containsExactly(unborn);
        assertThat(Containers.at("/jvm/carriers").usage().forks()).isGreaterThanOrEqualTo(all);
    }

    @Scenario(119)
    static void carrierWithoutAMountedThreadIsChargedToItself() throws Exception {
        Container a = Containers.at("/carriers/parked");
        Container own = Containers.at("/carriers/own-parked");
        try (TestThread parked = TestThread.startIn(a, ThreadKind.VIRTUAL);
                TestThread carrier = TestThread.startIn(own, ThreadKind.PLATFORM)) {
            parked.run(() -> {});
            while (parked.thread().getState() != Thread.State.WAITING) {
                Thread.yield();
            }
            Runnable run = TestCarriers.run(parked.thread());
            KernelCpuClock byCarriers = KernelCpuClock.ofCarriers();
            long before = a.usage().cpuNanos();
            carrier.run(() -> {
                // The thread can't run now, so this returns before anything is mounted.
                run.run();
                CpuLoad.millis(50);
            });
            // An idle carrier may not have parked yet.
            assertThat(a.usage().cpuNanos() - before).isBetween(0L, byCarriers.cpuNanos());
            assertThat(own.usage().cpuNanos()).isGreaterThanOrEqualTo(50_000_000);
            // This throws before anything is mounted, because no virtual thread carries another.
            assertThatThrownBy(() -> parked.run(run::run)).isInstanceOf(RuntimeException.class);
            assertThat(parked.call(Containers::current)).isSameAs(a);
        }
    }

    @Scenario(119)
    static void carrierIsChargedToItselfAfterAnExceptionLeavesTheMount() throws Exception {
        Container a = Containers.at("/carriers/rejected");
        Container own = Containers.at("/carriers/own-rejected");
        AtomicInteger submissions = new AtomicInteger();
        Thread thread = TestCarriers.virtual(
                run -> {
                    // The first mount starts the thread, the second continues it after its yield.
                    if (submissions.incrementAndGet() == 2) {
                        throw new RejectedExecutionException("full");
                    }
                },
                () -> {
                    CpuLoad.millis(20);
                    Thread.yield();
                });
        a.start(thread);
        try (TestThread carrier = TestThread.startIn(own, ThreadKind.PLATFORM)) {
            Runnable run = TestCarriers.run(thread);
            carrier.run(() -> {
                assertThatThrownBy(run::run).isInstanceOf(RejectedExecutionException.class);
                CpuLoad.millis(100);
            });
            assertThat(a.usage().cpuNanos()).isBetween(20_000_000L, 90_000_000L);
            assertThat(own.usage().cpuNanos()).isGreaterThanOrEqualTo(100_000_000);
            carrier.run(run::run);
        }
        thread.join();
        assertThat(ThreadCounts.of(a)).isEqualTo(new ThreadCounts(0, 1, 1));
    }
}
