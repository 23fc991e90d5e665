package io.corral.it.virtual;

import io.corral.it.harness.Scenarios;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

class SharedCarriersIT {

    @TestFactory
    Stream<DynamicNode> scenarios() {
        return Scenarios.withVirtualThreadsUnderEachClock(
                SharedCarriersScenarios.class, "-Djdk.virtualThreadScheduler.parallelism=2");
    }

    @TestFactory
    Stream<DynamicNode> scenariosOfAVirtualReader() {
        return Scenarios.withVirtualThreads(
                VirtualReaderScenarios.class,
                "-Djdk.virtualThreadScheduler.parallelism=1",
                "-Djdk.virtualThreadScheduler.maxPoolSize=1");
    }
}
