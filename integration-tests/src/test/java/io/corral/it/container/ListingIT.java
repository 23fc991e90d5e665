package io.corral.it.container;

import io.corral.it.harness.Scenarios;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

class ListingIT {

    @TestFactory
    Stream<DynamicNode> scenarios() {
        return Scenarios.onEachJdk(ListingScenarios.class);
    }
}
