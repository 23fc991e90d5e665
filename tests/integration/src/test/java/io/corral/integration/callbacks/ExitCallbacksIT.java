package io.corral.integration.callbacks;

import io.corral.integration.harness.Scenarios;
import io.corral.integration.support.CpuLoad;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** Exit callbacks that wait, where all virtual threads share one carrier. */
class ExitCallbacksIT {

    @TestFactory
    Stream<DynamicNode> scenarios() {
        return Scenarios.of(ExitCallbacksScenarios.class)
                .flags(
                        CpuLoad.FLAG,
                        "-XX:ActiveProcessorCount=1",
                        "-Djdk.virtualThreadScheduler.parallelism=1",
                        "-Djdk.virtualThreadScheduler.maxPoolSize=1")
                .withVirtualThreadsInFullRun();
    }
}
