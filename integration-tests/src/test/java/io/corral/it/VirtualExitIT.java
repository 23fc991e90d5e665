package io.corral.it;

import io.corral.it.harness.Scenarios;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

class VirtualExitIT {

    @TestFactory
    Stream<DynamicNode> scenarios() {
        return Scenarios.withVirtualThreads(
                VirtualExitScenarios.class, Burn.FLAG, Carriers.FLAG, Carriers.EIGHT);
    }
}
