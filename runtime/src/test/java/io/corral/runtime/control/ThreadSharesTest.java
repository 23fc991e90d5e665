package io.corral.runtime.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A model of some CPUs, two unless a test says otherwise, which the kernel divides evenly among the
 * carriers that run a thread. A thread keeps its slot and its carrier for a stay, and then another
 * one of its container is ready.
 */
class ThreadSharesTest {

    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int CARRIERS = 16;

    /** Steps of the model in a tick. */
    private static final int STEPS = 20;

    private static final int WARM_UP = 300;
    private static final int TICKS = 2_000;

    /** Not random from run to run. */
    private final Random random = new Random(7);

    private int cpus = 2;
    private int carriers = CARRIERS;

    private boolean areStaysOfTheSameLength;

    /** The part of the CPUs that was used in the last tick. */
    private double usedPart = 1;

    /** The largest number of slots in use at once. */
    private int mostRunning;

    private final ThreadShares shares = new ThreadShares();
    private final ThreadShare rest = new ThreadShare();
    private final List<Tenant> tenants = new ArrayList<>();

    /** One container. */
    private final class Tenant {

        final ThreadShare share = new ThreadShare();
        final double stayNanos;

        /** How many threads are ready or run; a small number leaves slots unused. */
        int threads;

        /** What is left of each running stay. */
        final List<Double> running = new ArrayList<>();

        /** Slots that wait for a carrier. */
        int tokens;

        double used;
        double total;
        double usedInTick;
        int ticksWithoutSlot;
        int mostTicksWithoutSlot;

        Tenant(int weight, double stayMillis, int threads) {
            share.weight = weight;
            share.slots = cpus;
            stayNanos = stayMillis * 1e6;
            this.threads = threads;
            tenants.add(this);
        }

        int used() {
            return running.size() + tokens;
        }

        void fill(int freeCarriers) {
            tokens += Math.max(0, Math.min(share.slots, threads) - used());
            for (int i = 0; i < freeCarriers && tokens > 0; i++) {
                tokens--;
                begin();
            }
        }

        void begin() {
            double part = areStaysOfTheSameLength ? 1 : 0.5 + random.nextDouble();
            running.add(stayNanos * part);
            share.hasRun = true;
        }

        void run(double nanos) {
            for (int i = running.size() - 1; i >= 0; i--) {
                double left = running.get(i) - nanos;
                usedInTick += nanos;
                if (left > 0) {
                    running.set(i, left);
                } else {
                    running.remove(i);
                    if (used() < Math.min(share.slots, threads)) {
                        begin();
                    } else if (share.leavesCpu) {
                        leaveCpuToHeir();
                    }
                }
            }
        }

        private void leaveCpuToHeir() {
            for (Tenant each : tenants) {
                if (each.share == shares.heir()
                        && each.used() < each.threads
                        && each.used() <= each.share.slots) {
                    each.begin();
                }
            }
        }

        void look() {
            share.usedNanos = usedInTick;
            used += usedInTick;
            total += usedInTick;
            usedInTick = 0;
            share.isWaiting = threads > share.slots;
            share.isInUse = threads > 0;
            share.used = used();
            share.runnable = running.size();
            ticksWithoutSlot = share.slots == 0 ? ticksWithoutSlot + 1 : 0;
            mostTicksWithoutSlot = Math.max(mostTicksWithoutSlot, ticksWithoutSlot);
        }
    }

    private void tick() {
        double ran = 0;
        for (int step = 0; step < STEPS; step++) {
            int all = tenants.stream().mapToInt(each -> each.running.size()).sum();
            for (Tenant each : tenants) {
                int before = each.running.size();
                each.fill(carriers - all);
                all += each.running.size() - before;
            }
            mostRunning = Math.max(mostRunning, all);
            ran += (double) Math.min(cpus, all) / cpus / STEPS;
            double nanos = Math.min(1, (double) cpus / Math.max(1, all)) * TICK / STEPS;
            for (Tenant each : tenants) {
                each.run(nanos);
            }
        }
        usedPart = ran;
        List<ThreadShare> fair = new ArrayList<>();
        for (Tenant each : tenants) {
            each.look();
            fair.add(each.share);
        }
        shares.adjust(fair, rest, cpus, carriers, cpus, usedPart >= 0.9, TICK);
        fair.forEach(each -> each.hasRun = false);
    }

    private void run(int ticks) {
        tenants.forEach(each -> each.used = 0);
        for (int i = 0; i < ticks; i++) {
            tick();
        }
    }

    private double partOf(Tenant tenant) {
        return tenant.used / tenants.stream().mapToDouble(each -> each.used).sum();
    }

    private double usedCpus(int ticks) {
        return tenants.stream().mapToDouble(each -> each.used).sum() / TICK / ticks;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.05, 1, 10, 50, 300})
    void sharesFollowTheWeights(double stayMillis) {
        for (int weight : new int[] {100, 300, 1_000}) {
            tenants.clear();
            Tenant one = new Tenant(100, stayMillis, 100);
            Tenant other = new Tenant(weight, stayMillis, 1_000);
            run(WARM_UP);
            run(TICKS);
            assertThat(partOf(other)).isCloseTo(weight / (100.0 + weight), within(0.03));
            assertThat(usedCpus(TICKS)).isCloseTo(cpus, within(0.01));
            assertThat(one.mostTicksWithoutSlot).isLessThanOrEqualTo(2);
        }
    }

    /** Such stays begin together and end together, seconds later. */
    @Test
    void sharesOfLongStaysOfTheSameLengthFollowTheWeights() {
        areStaysOfTheSameLength = true;
        new Tenant(100, 300, 1_000);
        Tenant other = new Tenant(1_000, 300, 1_000);
        run(WARM_UP);
        for (int window = 0; window < 10; window++) {
            run(TICKS / 2);
            assertThat(partOf(other)).isCloseTo(10 / 11.0, within(0.03));
        }
    }

    @Test
    void sixteenEqualContainersGetTheSame() {
        for (int i = 0; i < 16; i++) {
            new Tenant(100, 5, 50);
        }
        run(WARM_UP);
        run(TICKS);
        for (Tenant each : tenants) {
            assertThat(partOf(each)).isCloseTo(1 / 16.0, within(0.01));
        }
    }

    @Test
    void moreContainersThanCarriersTakeTurns() {
        for (int i = 0; i < 100; i++) {
            new Tenant(100, 1, 10);
        }
        run(WARM_UP);
        run(TICKS);
        for (Tenant each : tenants) {
            assertThat(partOf(each)).isCloseTo(0.01, within(0.003));
        }
    }

    @Test
    void containerAloneHasTheSchedulersSlots() {
        Tenant alone = new Tenant(100, 1, 100);
        run(WARM_UP);
        assertThat(alone.share.slots).isEqualTo(cpus);
        assertThat(usedCpus(WARM_UP)).isCloseTo(cpus, within(0.01));
    }

    @Test
    void newcomerStartsLevelAndGetsItsShareAtOnce() {
        Tenant busy = new Tenant(100, 1, 100);
        Tenant late = new Tenant(100, 1, 0);
        run(500);
        late.threads = 100;
        run(20);
        assertThat(partOf(late)).isCloseTo(0.5, within(0.1));
        assertThat(partOf(busy)).isCloseTo(0.5, within(0.1));
    }

    @Test
    void containerThatWantsLittleLeavesTheRestToTheOthers() {
        Tenant busy = new Tenant(100, 1, 100);
        Tenant small = new Tenant(300, 1, 1);
        new Tenant(100, 1, 100);
        run(WARM_UP);
        run(TICKS);
        assertThat(usedCpus(TICKS)).isCloseTo(cpus, within(0.01));
        assertThat(partOf(small)).isGreaterThan(0.1);
        assertThat(partOf(busy)).isCloseTo((1 - partOf(small)) / 2, within(0.02));
    }

    @Test
    void threadOfAContainerThatWantsLittleHasACpuForItself() {
        Tenant busy = new Tenant(100, 1, 100);
        Tenant light = new Tenant(100, 1, 0);
        run(WARM_UP);
        double used = 0;
        for (int i = 0; i < 100; i++) {
            light.threads = 1;
            run(5);
            used += light.used;
            light.threads = 0;
            run(10);
        }
        // The first of five ticks has passed before the thread is seen.
        assertThat(used / TICK / 500).isGreaterThan(0.8);
        assertThat(busy.share.slots).isEqualTo(cpus);
    }

    /** Their threads never wait for a slot, but for a CPU. */
    @Test
    void containersWithAThreadForEachCpuGetTheirShares() {
        for (int weight : new int[] {50, 100, 150}) {
            new Tenant(weight, 1, cpus);
        }
        run(WARM_UP);
        run(TICKS);
        for (Tenant each : tenants) {
            assertThat(partOf(each)).isCloseTo(each.share.weight / 300.0, within(0.03));
        }
        assertThat(usedCpus(TICKS)).isCloseTo(cpus, within(0.01));
    }

    @Test
    void slotOfAPinnedThreadIsLent() {
        Tenant pinned = new Tenant(100, 1, 100);
        pinned.share.stalled = 2;
        run(2);
        assertThat(pinned.share.slots).isEqualTo(cpus + 2);
        pinned.share.stalled = 100;
        run(1);
        assertThat(pinned.share.slots).isEqualTo(cpus + 100);
    }

    @Test
    void containersThatUseLittleLeaveTheOtherCpusToOne() {
        cpus = 8;
        carriers = 32;
        Tenant busy = new Tenant(100, 1, 100);
        List<Tenant> light = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            light.add(new Tenant(100, 1, 0));
        }
        for (int i = 0; i < TICKS; i++) {
            light.forEach(each -> each.threads = random.nextInt(10) == 0 ? 1 : 0);
            run(1);
            if (i == WARM_UP) {
                busy.total = 0;
            }
        }
        double lightPart = 15 * 0.1 / cpus;
        double busyPart = busy.total / TICK / (TICKS - WARM_UP) / cpus;
        // A CPU that a light thread leaves stays its own until the next tick.
        assertThat(busyPart).isGreaterThan(0.94 * (1 - lightPart));
    }

    @Test
    void slotsThatAreKeptCountUntilTheirRunsEnd() {
        for (int i = 0; i < 100; i++) {
            new Tenant(100, 300, 10).share.slots = 0;
        }
        run(WARM_UP);
        run(TICKS);
        assertThat(mostRunning).isLessThanOrEqualTo(CARRIERS);
        assertThat(usedCpus(TICKS)).isCloseTo(cpus, within(0.01));
    }

    /** As threads that poll a broker, on JDK 21. */
    @Test
    void moreContainersThanCarriersWhoseThreadsWaitInNativeCodeTakeNoTurns() {
        List<ThreadShare> fair = new ArrayList<>();
        for (int i = 0; i <= CARRIERS; i++) {
            ThreadShare polling = new ThreadShare();
            polling.isInUse = true;
            polling.used = 1;
            polling.stalled = 1;
            fair.add(polling);
        }
        ThreadShare ready = new ThreadShare();
        ready.isInUse = true;
        ready.isWaiting = true;
        fair.add(ready);
        fair.forEach(each -> each.weight = 100);
        shares.adjust(fair, rest, cpus, CARRIERS, cpus, false, TICK);
        assertThat(ready.slots).isGreaterThanOrEqualTo(cpus);
        assertThat(fair).allMatch(each -> each.slots > each.used);
    }

    @Test
    void containersThatHaveUsedNoCpuTimeTakeTurnsToo() {
        List<ThreadShare> fair = new ArrayList<>();
        for (int i = 0; i < 3 * CARRIERS; i++) {
            ThreadShare ready = new ThreadShare();
            ready.weight = 100;
            ready.isInUse = true;
            ready.isWaiting = true;
            fair.add(ready);
        }
        Set<ThreadShare> hadASlot = new HashSet<>();
        for (int i = 0; i < 4; i++) {
            shares.adjust(fair, rest, cpus, CARRIERS, cpus, false, TICK);
            fair.stream().filter(each -> each.slots > 0).forEach(hadASlot::add);
        }
        assertThat(hadASlot).hasSameSizeAs(fair);
    }

    @Test
    void restHasSlotsForAllCpusBesideManyContainers() {
        for (int i = 0; i < 50; i++) {
            new Tenant(100, 1, 10);
        }
        rest.isInUse = true;
        rest.isWaiting = true;
        run(10);
        assertThat(rest.slots).isGreaterThanOrEqualTo(cpus);
        assertThat(rest.slots
                        + tenants.stream().mapToInt(each -> each.share.slots).sum())
                .isLessThan(CARRIERS);
    }
}
