package io.corral.runtime.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Limits;
import io.corral.runtime.container.Trees;
import io.corral.runtime.control.LimitSettings.Fair;
import io.corral.runtime.control.LimitSettings.Weight;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/**
 * Two CPUs that are busy, and requests of 20 ms of CPU time on a fixed schedule. What each tenant
 * really uses is not its share, since nothing is enforced.
 */
class MonitoredSharesTest {

    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int COST = 20_000_000;
    private static final int TICKS = 2_000;
    private static final long LONGEST_WAIT = TimeUnit.MILLISECONDS.toNanos(500);
    private static final Percentage WITHIN = Percentage.withPercentage(5);

    private static final class Tenant {

        final ContainerControl control;
        final int rate;
        final double usedCpus;
        double due;
        int waited;
        int refused;
        int taken;

        Tenant(String name, int weight, int rate, double usedCpus) {
            control = new ContainerControl(
                    Trees.MAIN.root().at("monitored-shares").childOrNew(name));
            control.settings(LimitSettings.NONE
                    .with(new Fair(LONGEST_WAIT, Limits.Mode.MONITOR, "test"))
                    .with(new Weight(weight, "test")));
            control.share.cost.add(COST, 1, 0);
            control.share.isLimited = true;
            this.rate = rate;
            this.usedCpus = usedCpus;
        }

        void arrive(long now) {
            for (due += rate * TICK / 1e9; due >= 1; due--) {
                long wait = control.monitoredShare.tryTake(now, LONGEST_WAIT);
                waited += wait > 0 ? 1 : 0;
                refused += wait > LONGEST_WAIT ? 1 : 0;
                taken += wait <= LONGEST_WAIT ? 1 : 0;
            }
        }
    }

    private static void run(Tenant... tenants) {
        List<ContainerControl> fair =
                List.of(tenants).stream().map(tenant -> tenant.control).toList();
        long now = 0;
        for (int tick = 0; tick < TICKS; tick++) {
            now += TICK;
            for (Tenant each : tenants) {
                each.control.share.used(
                        (long) (each.usedCpus * TICK), TICK, each.control.slots.used());
                each.arrive(now);
            }
            MonitoredShares.set(fair, TICK, now);
        }
    }

    @Test
    void whatTheLightTenantLeavesIsTheOthers() {
        Tenant light = new Tenant("light", 100, 30, 0.3);
        Tenant heavy = new Tenant("heavy", 100, 130, 1.7);

        run(light, heavy);

        double seconds = TICKS * TICK / 1e9;
        assertThat(light.waited).isLessThan(light.taken / 50);
        assertThat(light.refused).isZero();
        assertThat(heavy.taken / seconds).isCloseTo(70, WITHIN);
        assertThat(heavy.refused / seconds).isCloseTo(60, WITHIN);
        assertThat(heavy.waited / seconds).isCloseTo(130, WITHIN);
    }

    @Test
    void tenantsThatWantMoreGetTheCpuByWeight() {
        Tenant one = new Tenant("one", 100, 200, 1);
        Tenant three = new Tenant("three", 300, 200, 1);

        run(one, three);

        assertThat((double) three.taken / one.taken).isCloseTo(3, WITHIN);
        assertThat((one.taken + three.taken) * (double) COST / TICKS / TICK).isCloseTo(2, WITHIN);
    }

    @Test
    void nobodyWouldWaitWhileCpusAreIdle() {
        Tenant one = new Tenant("idle-one", 100, 200, 1);
        Tenant other = new Tenant("idle-other", 100, 200, 1);
        one.control.share.isLimited = false;
        other.control.share.isLimited = false;

        run(one, other);

        assertThat(one.waited + other.waited).isZero();
    }
}
