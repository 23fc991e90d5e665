package io.corral.runtime.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Usage;
import org.junit.jupiter.api.Test;

class TeardownEstimateTest {

    private final TeardownEstimate estimate = new TeardownEstimate();

    @Test
    void unknownUntilThreeProbesAreBelieved() {
        estimate.add(50);
        estimate.add(40);
        assertThat(estimate.nanosEach()).isEqualTo(Usage.UNKNOWN);
        estimate.add(60);
        assertThat(estimate.nanosEach()).isEqualTo(40);
    }

    @Test
    void isTheLowerQuartileOfTheLatestTwelve() {
        for (int i = 0; i < 12; i++) {
            estimate.add(1_000_000);
        }
        for (int i = 12; i > 0; i--) {
            estimate.add(i * 10);
        }
        assertThat(estimate.nanosEach()).isEqualTo(40);
    }
}
