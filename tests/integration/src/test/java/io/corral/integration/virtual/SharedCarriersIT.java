package io.corral.integration.virtual;

import io.corral.integration.harness.Scenarios;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

class SharedCarriersIT {

    @TestFactory
    Stream<DynamicNode> scenarios() {
        return Scenarios.of(SharedCarriersScenarios.class)
                .flags("-Djdk.virtualThreadScheduler.parallelism=2")
                .underEachClock()
                .withVirtualThreadsInFullRun();
    }

    @TestFactory
    Stream<DynamicNode> scenariosOfAVirtualReader() {
        return Scenarios.of(VirtualReaderScenarios.class)
                .flags(
                        "-Djdk.virtualThreadScheduler.parallelism=1",
                        "-Djdk.virtualThreadScheduler.maxPoolSize=1")
                .withVirtualThreadsInFullRun();
    }
}
