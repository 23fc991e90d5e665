package io.corral.integration.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import io.corral.Container;
import io.corral.Containers;
import io.corral.integration.harness.FullRun;
import io.corral.integration.harness.Scenario;
import io.corral.integration.harness.ThreadKind;
import io.corral.integration.support.KernelCpuClock;
import io.corral.integration.support.Waits;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/** How the CPU time of carriers is split among their virtual threads. */
final class SharedCarriersScenarios {

    private static final int THREADS = 500;
    private static final int UNITS = FullRun.isOn() ? 12 : 6;

    private static volatile long sink;

    private SharedCarriersScenarios() {}

    @Scenario(since = 21)
    static void sharedCarriersChargeThreeTimesTheWorkThreefold() {
        // Compiled first, because early units would otherwise cost more than late ones.
        run(Containers.at("/shared/warm-up-1"), Containers.at("/shared/warm-up-2"), UNITS / 3);
        Container one = Containers.at("/shared/one");
        Container three = Containers.at("/shared/three");
        KernelCpuClock byCarriers = KernelCpuClock.ofCarriers();

        run(one, three, UNITS);

        long cpuOfOne = one.usage().cpuNanos();
        long cpuOfThree = three.usage().cpuNanos();
        assertThat(cpuOfThree).isCloseTo(3 * cpuOfOne, withPercentage(5));
        long cpuOfCarriers = byCarriers.cpuNanos();
        assertThat(cpuOfOne + cpuOfThree).isBetween(cpuOfCarriers / 10 * 9, cpuOfCarriers);
    }

    /**
     * All threads do the same work, so that phases in which the machine is slow affect both
     * containers. Among each four threads the one of {@code one} has each place in turn, so that
     * neither container has more of a carrier that is slower than the others.
     */
    private static void run(Container one, Container three, int units) {
        CountDownLatch all = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            for (int j = 0; j < 4; j++) {
                threads.add(start(j == i % 4 ? one : three, units, all));
            }
        }
        all.countDown();
        threads.forEach(ThreadKind::join);
    }

    private static Thread start(Container container, int units, CountDownLatch all) {
        Thread thread = ThreadKind.VIRTUAL.unstarted(() -> {
            Waits.await(all);
            for (int unit = 0; unit < units; unit++) {
                workAndPark();
            }
        });
        container.start(thread);
        return thread;
    }

    /**
     * Works for about 200 microseconds. A run that follows one of another container costs about a
     * microsecond more, because the carrier's clock is read, and those of {@code one} mostly do.
     */
    private static void workAndPark() {
        long hash = sink;
        for (int i = 0; i < 200_000; i++) {
            hash = hash * 31 + i;
        }
        sink = hash;
        LockSupport.parkNanos(10_000);
    }
}
