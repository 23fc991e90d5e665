package io.corral.integration.virtual;

import io.corral.integration.harness.Scenarios;
import io.corral.integration.support.CpuLoad;
import io.corral.integration.support.TestCarriers;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

class VirtualExitIT {

    @TestFactory
    Stream<DynamicNode> scenarios() {
        return Scenarios.of(VirtualExitScenarios.class)
                .flags(CpuLoad.FLAG, TestCarriers.FLAG, TestCarriers.EIGHT)
                .withVirtualThreadsInFullRun();
    }
}
