package io.corral.it.entry;

import io.corral.it.harness.Scenarios;
import io.corral.it.support.CpuLoad;
import io.corral.it.support.TestCarriers;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

class ScopesIT {

    @TestFactory
    Stream<DynamicNode> scenarios() {
        return Scenarios.of(ScopesScenarios.class)
                .flags(CpuLoad.FLAG, TestCarriers.FLAG)
                .inheriting()
                .onEachJdk();
    }
}
