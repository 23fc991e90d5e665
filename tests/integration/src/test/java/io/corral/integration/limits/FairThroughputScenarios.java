package io.corral.integration.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.Scenario;
import io.corral.integration.support.RunQueueSlots;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** What a fair container gets that is alone. Needs a machine that does nothing else. */
final class FairThroughputScenarios {

    private static final long MILLIS = 1_000L * Integer.getInteger("corral.fair.seconds");

    private static final int ROUNDS = 5;

    private FairThroughputScenarios() {}

    @Scenario(since = 21)
    static void containerWhoseNeighbourIsIdleGetsAsMuchAsWithoutLimits() throws Exception {
        assertGetsAsMuchAsWithoutLimits(1_000, 0.97);
        assertGetsAsMuchAsWithoutLimits(50, 0.97);
        assertGetsAsMuchAsWithoutLimits(5, 0.95);
    }

    private static void assertGetsAsMuchAsWithoutLimits(long stayMicros, double part)
            throws Exception {
        double[] bare = new double[ROUNDS];
        double[] fair = new double[ROUNDS];
        try (Tenants neighbour = new Tenants().add(Tenants.light(), 10, 100);
                Tenants active = new Tenants().add(Tenants.heavy(), 100, stayMicros)) {
            neighbour.close();
            for (int round = 0; round < ROUNDS; round++) {
                fair[round] = stays(active);
                bare[round] = Tenants.withoutLimits(() -> stays(active));
            }
        }
        Arrays.sort(bare);
        Arrays.sort(fair);
        double ofBare = fair[ROUNDS / 2] / bare[ROUNDS / 2];
        assertThat(ofBare).as(stayMicros + " us").isGreaterThan(part);
        RunQueueSlots.awaitNoneInUse();
    }

    private static double stays(Tenants tenants) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(200);
        long before = tenants.stays();
        long begin = System.nanoTime();
        TimeUnit.MILLISECONDS.sleep(MILLIS / ROUNDS);
        return (double) (tenants.stays() - before) / (System.nanoTime() - begin);
    }
}
