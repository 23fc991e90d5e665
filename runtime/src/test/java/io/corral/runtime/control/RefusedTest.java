package io.corral.runtime.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.Trees;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusedTest {

    @ParameterizedTest
    @CsvSource({
        "200000000, 20",
        "1500000000, 150",
        "5000000, 0.5",
        "289999999, 29",
        "1000000, 0.1",
    })
    void messageHasTheQuotaInPercent(long nanosPerSecond, String percent) {
        ContainerNode container = Trees.MAIN.root();
        assertThat(new Refused(container, LimitNames.CPU_MAX, nanosPerSecond, 0, 0).message())
                .isEqualTo("limit cpu.max of container / is exceeded: the quota of " + percent
                        + "% CPU is used");
    }
}
