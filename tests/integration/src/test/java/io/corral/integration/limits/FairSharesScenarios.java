package io.corral.integration.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.corral.Container;
import io.corral.Containers;
import io.corral.integration.harness.Scenario;
import io.corral.integration.support.RunQueueSlots;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * What fair containers get whose virtual threads are few, or idle at times: the cases for weights
 * of the kernel's selftest {@code test_cpu.c}, but those with nested groups, since fair containers
 * don't nest.
 */
final class FairSharesScenarios {

    /** A flag for the forked JVM: how long a container is measured. */
    static final String SECONDS = "-Dcorral.fair.seconds=";

    static final long MILLIS = 1_000L * Integer.getInteger("corral.fair.seconds");

    /** A short run is disturbed more by other processes. */
    private static final boolean IS_LONG = MILLIS >= 10_000;

    private static final int CPUS = Runtime.getRuntime().availableProcessors();

    private static final int ROUNDS = 3;

    /** Each is half of the time. */
    private static final int MOST_PARTS = 10;

    private FairSharesScenarios() {}

    private static Container container(int weight) {
        Container container = Containers.at("/tenants/weighs-" + weight);
        container.limits().weight(weight);
        return container;
    }

    /** The part of the CPU time that each container gets, of what all of them use. */
    static double[] parts(long millis, Container... containers) throws InterruptedException {
        long[] before = cpuNanos(containers);
        TimeUnit.MILLISECONDS.sleep(millis);
        return parts(before, containers);
    }

    private static double[] parts(long[] before, Container... containers) {
        long[] after = cpuNanos(containers);
        double[] parts = new double[containers.length];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = after[i] - before[i];
        }
        double all = Arrays.stream(parts).sum();
        return Arrays.stream(parts).map(each -> each / all).toArray();
    }

    private static long[] cpuNanos(Container... containers) {
        return Arrays.stream(containers)
                .mapToLong(each -> each.usage().cpuNanos())
                .toArray();
    }

    /** As {@link #parts}, for longer while other processes use the CPUs. */
    private static double[] partsOfMuch(Container... containers) throws InterruptedException {
        TimeUnit.SECONDS.sleep(1);
        long[] before = cpuNanos(containers);
        long enough = Arrays.stream(before).sum() + MILLIS * 1_000_000 * CPUS / 2;
        for (int i = 0; i < MOST_PARTS; i++) {
            TimeUnit.MILLISECONDS.sleep(MILLIS / 2);
            if (Arrays.stream(cpuNanos(containers)).sum() > enough) {
                break;
            }
        }
        return parts(before, containers);
    }

    /** The kernel's case of as many threads in each group as there are CPUs. */
    @Scenario(since = 21)
    static void containersWithAThreadForEachCpuGetCpuTimeByWeight() throws InterruptedException {
        Container[] containers = {container(50), container(100), container(150)};
        try (Tenants all = new Tenants()) {
            for (Container each : containers) {
                all.add(each, CPUS, 1_000);
            }
            double[] parts = partsOfMuch(containers);
            for (int i = 0; i < parts.length; i++) {
                assertThat(parts[i])
                        .as(Arrays.toString(parts))
                        .isCloseTo((i + 1) / 6.0, within(IS_LONG ? 0.05 : 0.08));
            }
        }
        RunQueueSlots.awaitNoneInUse();
    }

    /** The kernel's case of no more threads than CPUs. */
    @Scenario(since = 21)
    static void containersWithACpuForEachThreadGetTheSameWhateverTheirWeights()
            throws InterruptedException {
        Container[] containers = new Container[CPUS];
        try (Tenants all = new Tenants()) {
            for (int i = 0; i < CPUS; i++) {
                containers[i] = container(50 * (i + 1));
                all.add(containers[i], 1, 1_000);
            }
            double[] parts = partsOfMuch(containers);
            for (double each : parts) {
                assertThat(each)
                        .as(Arrays.toString(parts))
                        .isCloseTo(1.0 / CPUS, within(0.25 / CPUS));
            }
        }
        RunQueueSlots.awaitNoneInUse();
    }

    /** In the middle of three rounds, since another process may take a CPU away for so long. */
    @Scenario(since = 21)
    static void containerThatWasIdleGetsItsShareWithin200Milliseconds()
            throws InterruptedException {
        Container busy = Tenants.heavy();
        Container idle = Tenants.light();
        idle.limits().weight(300);
        double[] parts = new double[ROUNDS];
        try (Tenants crowd = new Tenants().add(busy, 100, 1_000)) {
            for (int round = 0; round < ROUNDS; round++) {
                TimeUnit.MILLISECONDS.sleep(IS_LONG ? 5_000 : 500);
                try (Tenants active = new Tenants().add(idle, 100, 1_000)) {
                    parts[round] = parts(200, busy, idle)[1];
                }
            }
        } finally {
            idle.limits().weight(100);
        }
        Arrays.sort(parts);
        assertThat(parts[ROUNDS / 2]).as(Arrays.toString(parts)).isCloseTo(0.75, within(0.1));
        RunQueueSlots.awaitNoneInUse();
    }
}
