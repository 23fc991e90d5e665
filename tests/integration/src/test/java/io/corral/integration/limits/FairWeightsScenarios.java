package io.corral.integration.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
import io.corral.integration.harness.Scenario;
import io.corral.integration.support.RunQueueSlots;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * The CPU time of fair containers by weight, for short and long stays and for few and many threads.
 * Needs a machine that does nothing else.
 */
final class FairWeightsScenarios {

    private static final int[][] WEIGHTS = {{100, 100}, {100, 300}, {100, 1_000}, sixteenEqual()};

    private static final long[] STAY_MICROS = {5, 50, 1_000, 20_000, 300_000};

    private static final int[] THREADS = {10, 1_000};

    /** The part of all CPU time by which a container may miss its share. */
    private static final double TOLERANCE = 0.03;

    private FairWeightsScenarios() {}

    private static int[] sixteenEqual() {
        int[] weights = new int[16];
        Arrays.fill(weights, 100);
        return weights;
    }

    @Scenario(since = 21)
    static void containersGetCpuTimeByWeight() throws InterruptedException {
        StringBuilder failures = new StringBuilder();
        for (int[] weights : WEIGHTS) {
            for (int threads : THREADS) {
                for (long stay : STAY_MICROS) {
                    double miss = miss(weights, threads, stay);
                    String row = weights.length + " containers, the last of weight "
                            + weights[weights.length - 1] + ", " + threads
                            + " threads each, stays of "
                            + stay + " us: off by " + Math.round(miss * 1_000) / 10.0 + " points\n";
                    System.out.print(row);
                    failures.append(miss > TOLERANCE ? row : "");
                }
            }
        }
        assertThat(failures).isEmpty();
        RunQueueSlots.awaitNoneInUse();
    }

    /** The largest difference of a container's part of the CPU time from its share. */
    private static double miss(int[] weights, int threads, long stay) throws InterruptedException {
        Container[] containers = new Container[weights.length];
        try (Tenants all = new Tenants()) {
            for (int i = 0; i < weights.length; i++) {
                containers[i] = Containers.at("/tenants/weighed-" + i);
                containers[i].limits().weight(weights[i]);
                all.add(containers[i], threads, stay);
            }
            TimeUnit.SECONDS.sleep(1);
            double[] parts = FairSharesScenarios.parts(FairSharesScenarios.MILLIS, containers);
            double sumOfWeights = Arrays.stream(weights).sum();
            double miss = 0;
            for (int i = 0; i < parts.length; i++) {
                miss = Math.max(miss, Math.abs(parts[i] - weights[i] / sumOfWeights));
            }
            return miss;
        }
    }
}
