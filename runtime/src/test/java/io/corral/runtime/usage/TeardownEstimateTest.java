package io.corral.runtime.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Usage;
import org.junit.jupiter.api.Test;

class TeardownEstimateTest {

    private final TeardownEstimate estimate = new TeardownEstimate();

    @Test
    void unknownUntilFourProbesAreValid() {
        add(3, 50);
        assertThat(estimate.nanosEach()).isEqualTo(Usage.UNKNOWN);
        add(1, 90);
        assertThat(estimate.nanosEach()).isEqualTo(60);
    }

    @Test
    void isTheMeanOfTheLatestTwentyFour() {
        add(5, 1_000_000);
        add(12, 40);
        add(12, 60);
        assertThat(estimate.nanosEach()).isEqualTo(50);
    }

    @Test
    void isProvisionalUntilTwelveProbesAreValid() {
        add(11, 50);
        assertThat(estimate.isProvisional()).isTrue();
        add(1, 50);
        assertThat(estimate.isProvisional()).isFalse();
    }

    @Test
    void provisionalEstimateIsForAllThatEndedAndAFirmOneForThoseSince() {
        Teardown teardown = new Teardown(estimate);
        assertThat(teardown.cpuNanos(10)).isEqualTo(Usage.UNKNOWN);
        add(4, 100);
        assertThat(teardown.cpuNanos(20)).isEqualTo(2_000);
        add(4, 200);
        assertThat(teardown.cpuNanos(20)).isEqualTo(3_000);
        add(4, 300);
        assertThat(teardown.cpuNanos(30)).isEqualTo(5_000);
        add(24, 100);
        assertThat(teardown.cpuNanos(40)).isEqualTo(6_000);
    }

    @Test
    void firmEstimateThatFallsTakesNothingBack() {
        Teardown teardown = new Teardown(estimate);
        add(4, 200);
        assertThat(teardown.cpuNanos(20)).isEqualTo(4_000);
        add(4, 100);
        assertThat(teardown.cpuNanos(20)).isEqualTo(3_000);
        add(4, 150);
        assertThat(teardown.cpuNanos(20)).isEqualTo(3_000);
        add(24, 10);
        assertThat(teardown.cpuNanos(20)).isEqualTo(3_000);
    }

    @Test
    void probesUseAtMostOnePerCentOfTheProcess() {
        Teardown teardown = new Teardown(estimate);
        assertThat(teardown.isAffordable(999_999_999)).isFalse();
        assertThat(teardown.isAffordable(1_000_000_000)).isTrue();
        teardown.used(8_000_000);
        assertThat(teardown.isAffordable(1_599_999_999)).isFalse();
        assertThat(teardown.isAffordable(1_600_000_000)).isTrue();
        assertThat(teardown.isAffordable(Usage.UNKNOWN)).isFalse();
    }

    @Test
    void hasNoValidProbeUntilOneIsAdded() {
        assertThat(estimate.hasNoValidProbe()).isTrue();
        add(1, 50);
        assertThat(estimate.hasNoValidProbe()).isFalse();
    }

    private void add(int probes, long nanos) {
        for (int i = 0; i < probes; i++) {
            estimate.add(nanos);
        }
    }
}
