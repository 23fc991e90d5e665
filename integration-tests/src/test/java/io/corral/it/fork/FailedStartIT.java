package io.corral.it.fork;

import io.corral.it.harness.Scenarios;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

class FailedStartIT {

    @TestFactory
    Stream<DynamicNode> scenarios() {
        return Scenarios.onEachJdk(
                FailedStartScenarios.class, "--add-opens=java.base/java.lang=ALL-UNNAMED");
    }
}
