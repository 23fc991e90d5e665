package io.corral.integration.entry;

import io.corral.integration.harness.Scenarios;
import io.corral.integration.support.CpuLoad;
import io.corral.integration.support.TestCarriers;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

class ScopesIT {

    @TestFactory
    Stream<DynamicNode> scenarios() {
        return Scenarios.of(ScopesScenarios.class)
                .flags(CpuLoad.FLAG, TestCarriers.FLAG)
                .inheriting()
                .onEachJdkInFullRun();
    }
}
