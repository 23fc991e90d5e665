package io.corral.it.fork;

import io.corral.it.harness.Scenarios;
import io.corral.it.support.Burn;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

class OverriddenIdIT {

    @TestFactory
    Stream<DynamicNode> scenarios() {
        return Scenarios.onEachJdk(OverriddenIdScenarios.class, Burn.FLAG);
    }
}
