package io.corral.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OneCpuTest {

    @Test
    void lastOfTheAllowedIsTaken() {
        assertThat(OneCpu.last("Cpus_allowed_list:\t0-3,8")).isEqualTo("8");
        assertThat(OneCpu.last("Cpus_allowed_list:\t0-11")).isEqualTo("11");
        assertThat(OneCpu.last("Cpus_allowed_list:\t5")).isEqualTo("5");
    }
}
