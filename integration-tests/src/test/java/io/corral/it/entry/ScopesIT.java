package io.corral.it.entry;

import io.corral.it.harness.Scenarios;
import io.corral.it.support.Burn;
import io.corral.it.support.Carriers;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

class ScopesIT {

    @TestFactory
    Stream<DynamicNode> scenarios() {
        return Scenarios.of(ScopesScenarios.class)
                .flags(Burn.FLAG, Carriers.FLAG)
                .inheriting()
                .onEachJdk();
    }
}
