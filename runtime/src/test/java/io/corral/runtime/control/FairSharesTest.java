package io.corral.runtime.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Limits;
import io.corral.runtime.container.Trees;
import io.corral.runtime.control.LimitSettings.Fair;
import io.corral.runtime.control.LimitSettings.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/**
 * A model of two CPUs, which the kernel divides evenly among the threads that want them. Requests
 * have a fixed CPU time, perhaps followed by sleep, and arrive as often as they are let in.
 */
class FairSharesTest {

    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int CPUS = 2;

    /** Steps of the model in a tick. */
    private static final int STEPS = 20;

    /** Ticks before anything is measured. */
    private static final int WARM_UP = 300;

    private static final int TICKS = 3_000;

    /** Not random from run to run. */
    private final Random random = new Random(7);

    private final List<Tenant> tenants = new ArrayList<>();

    /** One container with requests. */
    private final class Tenant {

        final ContainerControl control;
        final double burnMillis;
        final double sleepMillis;

        /** Requests a second; 0 if there are always some. */
        final double rate;

        /** CPU time that each running request still needs, in ticks; negative while it sleeps. */
        final List<double[]> running = new ArrayList<>();

        /** The least number of slots in any tick. */
        int leastSlots = RunSlots.OPEN;

        double waiting;
        double used;
        double usedInTick;

        Tenant(String name, int weight, double burnMillis, double sleepMillis, double rate) {
            control = new ContainerControl(Trees.MAIN.root().at("fair-shares").childOrNew(name));
            control.settings(LimitSettings.NONE
                    .with(new Fair(1, Limits.Mode.ENFORCE, "test"))
                    .with(new Weight(weight, "test")));
            this.burnMillis = burnMillis;
            this.sleepMillis = sleepMillis;
            this.rate = rate;
            if (rate == 0) {
                control.slots.waiters.add(new Waiter(Thread.currentThread(), null));
            }
            tenants.add(this);
        }

        void arrive() {
            waiting += rate == 0 ? 0 : rate * TICK / 1e9 / STEPS;
            while (control.slots.used() < control.slots.limit()
                    && (rate == 0 ? running.size() < 200 : waiting >= 1)) {
                control.slots.take();
                control.places.take();
                waiting -= rate == 0 ? 0 : 1;
                running.add(new double[] {burnMillis * (0.5 + random.nextDouble()), sleepMillis});
            }
        }

        /** Requests that began before there was a limit. */
        void begun(int requests) {
            for (int i = 0; i < requests; i++) {
                control.slots.take();
                control.places.take();
                running.add(new double[] {burnMillis * (0.5 + random.nextDouble()), sleepMillis});
            }
        }

        int runnable() {
            int count = 0;
            for (double[] each : running) {
                count += each[0] > 0 ? 1 : 0;
            }
            return count;
        }

        void beginMeasuring() {
            used = 0;
            leastSlots = RunSlots.OPEN;
        }

        void beginTick() {
            usedInTick = 0;
            control.share.sleeping = 0;
            for (double[] each : running) {
                control.share.sleeping += each[0] > 0 ? 0 : 1;
            }
        }

        void run(double millisEach, double stepMillis) {
            for (double[] each : List.copyOf(running)) {
                if (each[0] > 0) {
                    double ran = Math.min(millisEach, each[0]);
                    each[0] -= ran;
                    usedInTick += ran;
                } else {
                    each[1] -= stepMillis;
                }
                if (each[0] <= 0 && each[1] <= 0) {
                    running.remove(each);
                    control.slots.giveBack();
                    control.places.giveBack();
                }
            }
        }
    }

    private void run() {
        long now = 0;
        Capacity capacity = new Capacity(CPUS);
        double tickMillis = TICK / 1e6;
        double stepMillis = tickMillis / STEPS;
        double usedPart = 0;
        for (int i = 0; i < WARM_UP + TICKS; i++) {
            now += TICK;
            if (i == WARM_UP) {
                tenants.forEach(Tenant::beginMeasuring);
            }
            tenants.forEach(Tenant::beginTick);
            for (int step = 0; step < STEPS; step++) {
                int runnable = 0;
                for (Tenant each : tenants) {
                    each.arrive();
                    runnable += each.runnable();
                }
                double millisEach =
                        runnable == 0 ? 0 : Math.min(1, (double) CPUS / runnable) * stepMillis;
                tenants.forEach(each -> each.run(millisEach, stepMillis));
            }
            double used = 0;
            List<ContainerControl> controls = new ArrayList<>();
            for (Tenant each : tenants) {
                each.used += each.usedInTick;
                used += each.usedInTick;
                each.control.share.used(
                        (long) (each.usedInTick * 1e6), TICK, each.control.slots.used());
                each.control.share.hasRequest(now);
                controls.add(each.control);
            }
            usedPart += 0.05 * (used / tickMillis / CPUS - usedPart);
            capacity.used(usedPart);
            FairShares.adjust(controls, capacity, now);
            for (Tenant each : tenants) {
                each.control.slots.limit(FairShares.slots(each.control.share), false);
                each.leastSlots = Math.min(each.leastSlots, each.control.slots.limit());
            }
        }
    }

    private double share(Tenant tenant) {
        double all = 0;
        for (Tenant each : tenants) {
            all += each.used;
        }
        return tenant.used / all;
    }

    private double cpus(Tenant tenant) {
        return tenant.used / (TICKS * TICK / 1e6);
    }

    @Test
    void floodingTenantsGetTheirWeights() {
        Tenant one = new Tenant("one", 100, 20, 0, 0);
        Tenant three = new Tenant("three", 300, 20, 0, 0);
        run();

        assertThat(share(three) / share(one)).isCloseTo(3, Percentage.withPercentage(5));
        assertThat(cpus(one) + cpus(three)).isCloseTo(CPUS, Percentage.withPercentage(3));
    }

    @Test
    void fewRequestsRunAtOnceAfterACrowdThatTheLimitFound() {
        Tenant one = new Tenant("crowd", 100, 20, 0, 0);
        Tenant three = new Tenant("crowded-out", 300, 20, 0, 0);
        one.begun(190);
        run();

        assertThat(one.control.slots.limit() + three.control.slots.limit())
                .isLessThanOrEqualTo(4 * CPUS);
        assertThat(share(three) / share(one)).isCloseTo(3, Percentage.withPercentage(5));
    }

    @Test
    void sixteenFloodingTenantsGetTheSame() {
        List<Tenant> all = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            all.add(new Tenant("many-" + i, 100, 20, 0, 0));
        }
        run();

        assertThat(all)
                .allSatisfy(each ->
                        assertThat(share(each)).isCloseTo(1.0 / 16, Percentage.withPercentage(10)));
    }

    @Test
    void lightTenantGetsAllItWantsAndTheFloodGetsTheRest() {
        Tenant flood = new Tenant("flood", 100, 20, 0, 0);
        Tenant light = new Tenant("light", 100, 20, 0, 10);
        run();

        assertThat(cpus(light)).isCloseTo(0.2, Percentage.withPercentage(5));
        assertThat(cpus(flood)).isCloseTo(1.8, Percentage.withPercentage(5));
        assertThat(light.waiting).isLessThan(2);
        assertThat(flood.control.slots.limit()).isLessThanOrEqualTo(4);
    }

    @Test
    void floodHasSlotForEachCpuBesideLightTenant() {
        Tenant flood = new Tenant("flood-2", 100, 20, 0, 0);
        new Tenant("light-3", 100, 20, 0, 10);
        run();

        assertThat(flood.leastSlots).isGreaterThanOrEqualTo(CPUS);
    }

    @Test
    void tenantAloneIsNotLimited() {
        Tenant alone = new Tenant("alone", 100, 20, 0, 0);
        run();

        assertThat(alone.control.slots.limit()).isEqualTo(RunSlots.OPEN);
        assertThat(cpus(alone)).isCloseTo(CPUS, Percentage.withPercentage(1));
    }

    @Test
    void requestsThatSleepKeepTheCpusBusy() {
        Tenant sleepy = new Tenant("sleepy", 100, 10, 30, 0);
        Tenant light = new Tenant("light-2", 100, 20, 0, 10);
        run();

        assertThat(cpus(sleepy) + cpus(light)).isGreaterThan(0.85 * CPUS);
        assertThat(light.waiting).isLessThan(2);
    }

    @Test
    void tenantsThatDoNotWantTheCpusAreNotLimited() {
        Tenant one = new Tenant("idle-1", 100, 1, 0, 20);
        Tenant other = new Tenant("idle-2", 100, 1, 0, 20);
        run();

        assertThat(one.control.slots.limit()).isEqualTo(RunSlots.OPEN);
        assertThat(other.control.slots.limit()).isEqualTo(RunSlots.OPEN);
    }

    @Test
    void slotsAddedForIdleCpusStayUntilNoneIsIdle() {
        Tenant flood = new Tenant("flood-4", 100, 20, 0, 0);
        Tenant light = new Tenant("light-4", 100, 20, 0, 10);
        run();
        FairShare share = flood.control.share;
        share.idleSlots = 10;

        adjust(flood, light, 0.93);
        assertThat(share.idleSlots).isEqualTo(10);
        adjust(flood, light, 0.99);
        assertThat(share.idleSlots).isLessThan(10);
    }

    @Test
    void floodGainsAsManySlotsAsItsBaseWhileCpusAreIdleAtTimes() {
        Tenant flood = new Tenant("flood-5", 100, 20, 0, 0);
        Tenant light = new Tenant("light-5", 100, 20, 0, 10);
        run();
        FairShare share = flood.control.share;
        share.idleSlots = 0;

        adjust(flood, light, 0.93);
        assertThat(share.idleSlots).isGreaterThan(0);
        for (int i = 0; i < 200; i++) {
            adjust(flood, light, 0.93);
        }
        assertThat(share.idleSlots).isBetween(0.9 * share.base, 1.1 * share.base);
        assertThat(light.control.share.idleSlots).isZero();
    }

    private static void adjust(Tenant one, Tenant other, double usedPart) {
        Capacity capacity = new Capacity(CPUS);
        capacity.used(usedPart);
        FairShares.adjust(List.of(one.control, other.control), capacity, (WARM_UP + TICKS) * TICK);
    }
}
