package io.corral.integration.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Usage;
import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import io.corral.integration.harness.Scenarios;
import io.corral.integration.support.CpuLoad;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MeasureIT {

    @TestFactory
    Stream<DynamicNode> scenarios() {
        return Scenarios.of(MeasureScenarios.class)
                .flags(CpuLoad.FLAG)
                .underEachClockInFullRun()
                .onEachJdkInFullRun();
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("newest")
    void millionsOfMeasuredTasksLeaveNothingInTheHeap(Jdk jdk) {
        ForkedJvm.Outcome outcome = ForkedJvm.on(jdk)
                .optimizing()
                .flags("-Xmx64m")
                .runMain(ManyMeasurementsProgram.class);
        assertThat(outcome.errLines()).isEmpty();
        assertThat(outcome.number("more")).isLessThan(100);
    }

    @ParameterizedTest
    @MethodSource("newest")
    void usageIsUnknownWithoutTheAgent(Jdk jdk) {
        ForkedJvm.Outcome outcome = ForkedJvm.on(jdk)
                .optimizing()
                .withoutAgent()
                .runMain(MeasureWithoutAgentProgram.class);
        assertThat(outcome.errLines()).isEmpty();
        assertThat(outcome.number("ran")).isEqualTo(1);
        assertThat(outcome.number("cpuNanos")).isEqualTo(Usage.UNKNOWN);
        assertThat(outcome.number("forks")).isEqualTo(Usage.UNKNOWN);
    }

    static Stream<Jdk> newest() {
        return Stream.of(Jdk.newest());
    }
}
