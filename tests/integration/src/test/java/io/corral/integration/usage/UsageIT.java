package io.corral.integration.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Usage;
import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import io.corral.integration.harness.Scenarios;
import io.corral.integration.support.CpuLoad;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UsageIT {

    @TestFactory
    Stream<DynamicNode> scenarios() {
        return Scenarios.of(
                        UsageScenarios.class,
                        ConservationScenarios.class,
                        CurrentThreadUsageScenarios.class)
                .flags(CpuLoad.FLAG)
                .underEachClockInFullRun()
                .onEachJdkInFullRun();
    }

    /** Under {@code exact} only: its charges are not estimates. */
    @TestFactory
    Stream<DynamicNode> readings() {
        return Scenarios.of(ReadingScenarios.class).onNewestJdk();
    }

    @ParameterizedTest
    @MethodSource("newest")
    void usageIsUnknownWithoutTheAgent(Jdk jdk) {
        ForkedJvm.Outcome outcome = ForkedJvm.on(jdk)
                .optimizing()
                .flags(CpuLoad.FLAG)
                .withoutAgent()
                .runMain(UsageWithoutAgentProgram.class);
        assertThat(outcome.errLines()).isEmpty();
        assertThat(outcome.number("cpuNanos")).isEqualTo(Usage.UNKNOWN);
        assertThat(outcome.number("allocatedBytes")).isEqualTo(Usage.UNKNOWN);
        assertThat(outcome.number("settledAllocatedBytes")).isEqualTo(Usage.UNKNOWN);
    }

    static Stream<Jdk> newest() {
        return Stream.of(Jdk.newest());
    }
}
