package io.corral.it.usage;

import io.corral.it.harness.Scenarios;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

class ConservationIT {

    @TestFactory
    Stream<DynamicNode> scenarios() {
        return Scenarios.onEachJdkUnderEachClock(ConservationScenarios.class);
    }
}
