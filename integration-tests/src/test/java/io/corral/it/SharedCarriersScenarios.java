package io.corral.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import io.corral.Container;
import io.corral.Containers;
import io.corral.it.harness.Scenario;
import io.corral.it.harness.ThreadKind;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Phaser;
import java.util.concurrent.locks.LockSupport;

/** How the CPU time of carriers is split between those they carry. */
final class SharedCarriersScenarios {

    private static final int THREADS = 1_000;
    private static final int ROUNDS = 4;
    private static final int UNITS_A_ROUND = 10;

    private static final ThreadMXBean BEAN = ManagementFactory.getThreadMXBean();

    private static volatile long sink;

    private SharedCarriersScenarios() {}

    @Scenario(since = 21)
    static void threeTimesTheWorkIsThreeTimesTheCpuOnCarriersThatAreShared() {
        // Compiled first, or early units would be dearer than late ones.
        run(Containers.at("/shared/warm-up-1"), Containers.at("/shared/warm-up-2"), 1);
        Container one = Containers.at("/shared/one");
        Container three = Containers.at("/shared/three");
        long carriersBefore = carriersCpuNanos();

        run(one, three, ROUNDS);

        long cpuOfOne = one.usage().cpuNanos();
        long cpuOfThree = three.usage().cpuNanos();
        assertThat(cpuOfThree).isCloseTo(3 * cpuOfOne, withPercentage(5));
        long cpuOfCarriers = carriersCpuNanos() - carriersBefore;
        assertThat(cpuOfOne + cpuOfThree).isBetween(cpuOfCarriers / 10 * 9, cpuOfCarriers);
    }

    /** In rounds, so that neither has the machine for itself for long. */
    private static void run(Container one, Container three, int rounds) {
        Phaser phaser = new Phaser();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(start(one, rounds, UNITS_A_ROUND, phaser));
            threads.add(start(three, rounds, 3 * UNITS_A_ROUND, phaser));
        }
        threads.forEach(ThreadKind::join);
    }

    private static Thread start(Container container, int rounds, int unitsARound, Phaser phaser) {
        phaser.register();
        Thread thread = ThreadKind.VIRTUAL.unstarted(() -> {
            for (int round = 0; round < rounds; round++) {
                for (int unit = 0; unit < unitsARound; unit++) {
                    workAndPark();
                }
                phaser.arriveAndAwaitAdvance();
            }
            phaser.arriveAndDeregister();
        });
        container.start(thread);
        return thread;
    }

    private static void workAndPark() {
        long hash = sink;
        for (int i = 0; i < 50_000; i++) {
            hash = hash * 31 + i;
        }
        sink = hash;
        LockSupport.parkNanos(10_000);
    }

    private static long carriersCpuNanos() {
        long cpuNanos = 0;
        int carriers = 0;
        for (ThreadInfo thread : BEAN.getThreadInfo(BEAN.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().startsWith("ForkJoinPool-1-worker-")) {
                cpuNanos += BEAN.getThreadCpuTime(thread.getThreadId());
                carriers++;
            }
        }
        assertThat(carriers).isGreaterThanOrEqualTo(2);
        return cpuNanos;
    }
}
