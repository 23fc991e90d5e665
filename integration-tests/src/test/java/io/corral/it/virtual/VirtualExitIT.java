package io.corral.it.virtual;

import io.corral.it.harness.Scenarios;
import io.corral.it.support.CpuLoad;
import io.corral.it.support.TestCarriers;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

class VirtualExitIT {

    @TestFactory
    Stream<DynamicNode> scenarios() {
        return Scenarios.of(VirtualExitScenarios.class)
                .flags(CpuLoad.FLAG, TestCarriers.FLAG, TestCarriers.EIGHT)
                .withVirtualThreads();
    }
}
