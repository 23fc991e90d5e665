package io.corral.examples.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatenciesTest {

    private final Latencies latencies = new Latencies();

    @Test
    void ofAHundredThe99thIsThe99thPercentile() {
        for (int i = 100; i >= 1; i--) {
            latencies.add(i);
        }
        assertThat(latencies.nanos(0.99)).isEqualTo(99);
        assertThat(latencies.nanos(0.5)).isEqualTo(50);
        assertThat(latencies.nanos(1)).isEqualTo(100);
    }

    @Test
    void ofOneItIsThatOne() {
        latencies.add(7);
        assertThat(latencies.nanos(0.01)).isEqualTo(7);
        assertThat(latencies.nanos(0.99)).isEqualTo(7);
    }

    @Test
    void ofNoneItIsZero() {
        assertThat(latencies.nanos(0.99)).isZero();
    }
}
