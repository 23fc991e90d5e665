package io.corral.integration.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import io.corral.integration.harness.Scenario;
import io.corral.integration.harness.Scenarios;
import io.corral.integration.support.CpuLoad;
import io.corral.integration.support.TestCarriers;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class CarriersIT {

    @TestFactory
    Stream<DynamicNode> scenarios() {
        return Scenarios.of(CarriersScenarios.class)
                .flags(CpuLoad.FLAG, TestCarriers.FLAG, TestCarriers.EIGHT)
                .withVirtualThreadsInFullRun();
    }

    @TestFactory
    Stream<DynamicNode> scenariosOfOneCarrier() {
        return Scenarios.of(OneCarrierScenarios.class)
                .flags(
                        "-Djdk.virtualThreadScheduler.parallelism=1",
                        "-Djdk.virtualThreadScheduler.maxPoolSize=1")
                .withVirtualThreadsInFullRun();
    }

    @Scenario(115)
    @TestFactory
    Stream<DynamicNode> firstForkJoinPoolHasNumberOneAndMainConfiguresTheScheduler() {
        return Jdk.all().stream()
                .map(jdk -> DynamicTest.dynamicTest(jdk.toString(), () -> {
                    ForkedJvm.Outcome bare = ForkedJvm.on(jdk)
                            .optimizing()
                            .withoutAgent()
                            .runMain(FirstPoolProgram.class);
                    ForkedJvm.Outcome outcome =
                            ForkedJvm.on(jdk).optimizing().runMain(FirstPoolProgram.class);
                    assertThat(outcome.value("pool")).isEqualTo("ForkJoinPool-1-worker-1");
                    if (jdk.hasVirtualThreads()) {
                        assertThat(outcome.value("carriers"))
                                .isEqualTo("[ForkJoinPool-2-worker-1]");
                    }
                    assertThat(outcome.out()).isEqualTo(bare.out());
                    assertThat(outcome.errLines()).isEmpty();
                }));
    }
}
