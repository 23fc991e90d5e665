package io.corral.runtime.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OwnCostTest {

    @Test
    void someSwitchesAreTimed() {
        Account account = new TestAccount();
        SimulatedThread thread = new SimulatedThread(ClockPolicy.EXACT, account, 0, 0);
        long before = OwnCost.nanos();
        for (int i = 0; i < 50 * OwnCost.SWITCHES; i++) {
            thread.meter.switchTo(thread);
        }
        assertThat(OwnCost.nanos() - before).isPositive();
    }

    @Test
    void oneThreadOfSixtyFourIsTimed() {
        int timed = 0;
        for (long id = 0; id < 640; id++) {
            timed += OwnCost.begin(id) == 0 ? 0 : 1;
        }
        assertThat(timed).isEqualTo(10);
    }

    @Test
    void untimedCallAddsNothing() {
        long before = OwnCost.nanos();
        OwnCost.end(OwnCost.begin(1));
        assertThat(OwnCost.nanos()).isEqualTo(before);
    }

    @Test
    void readingCostsTheCpuTimeOfItsThread() {
        long before = OwnCost.nanos();
        // Without the agent the clock returns -1.
        OwnCost.addReading(System.nanoTime() - 2_000_000, -1_000_001);
        assertThat(OwnCost.nanos() - before).isEqualTo(1_000_000);
    }

    @Test
    void readingCostsAtMostTheElapsedTime() {
        long before = OwnCost.nanos();
        OwnCost.addReading(System.nanoTime(), -3_600_000_000_000L);
        assertThat(OwnCost.nanos() - before).isLessThan(3_600_000_000_000L);
    }
}
