package io.corral.integration.virtual;

import io.corral.integration.harness.Scenarios;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

class BoundVirtualThreadsIT {

    @TestFactory
    Stream<DynamicNode> scenarios() {
        return Scenarios.of(BoundVirtualThreadsScenarios.class)
                .flags("-XX:+UnlockExperimentalVMOptions", "-XX:-VMContinuations")
                .withVirtualThreads();
    }
}
