package io.corral.it.container;

import io.corral.it.harness.Scenarios;
import io.corral.it.support.Burn;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

class AttachIT {

    @TestFactory
    Stream<DynamicNode> scenarios() {
        return Scenarios.onEachJdk(AttachScenarios.class, Burn.FLAG);
    }
}
