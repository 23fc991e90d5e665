package io.corral.benchmarks.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CpusTest {

    @Test
    void rangesAndSingleCpusAreParsed() {
        assertThat(Cpus.parse("0-2,7")).containsExactly(0, 1, 2, 7);
        assertThat(Cpus.parse("5")).containsExactly(5);
    }
}
