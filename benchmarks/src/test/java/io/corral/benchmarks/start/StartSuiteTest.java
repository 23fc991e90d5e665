package io.corral.benchmarks.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class StartSuiteTest {

    @Test
    void decimalCommasAreParsed() {
        assertThat(StartSuite.millis("0.120 0.034\n")).isEqualTo(154, within(1e-9));
        assertThat(StartSuite.millis("0,120 0,034")).isEqualTo(154, within(1e-9));
    }
}
