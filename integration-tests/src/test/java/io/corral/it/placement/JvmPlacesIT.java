package io.corral.it.placement;

import io.corral.it.harness.Scenarios;
import io.corral.it.support.Burn;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

class JvmPlacesIT {

    @TestFactory
    Stream<DynamicNode> scenarios() {
        return Scenarios.onEachJdk(JvmPlacesScenarios.class, Burn.FLAG);
    }
}
