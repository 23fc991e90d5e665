package io.corral.it;

import io.corral.it.harness.Scenarios;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

class JvmPlacesIT {

    @TestFactory
    Stream<DynamicNode> scenarios() {
        return Scenarios.onEachJdk(JvmPlacesScenarios.class, Burn.FLAG);
    }
}
