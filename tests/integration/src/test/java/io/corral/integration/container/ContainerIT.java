package io.corral.integration.container;

import io.corral.integration.harness.Scenarios;
import io.corral.integration.support.CpuLoad;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** The tree of containers, in one JVM for each JDK. */
class ContainerIT {

    @TestFactory
    Stream<DynamicNode> scenarios() {
        return Scenarios.of(
                        HierarchiesScenarios.class,
                        RemovalScenarios.class,
                        ListingScenarios.class,
                        AttachScenarios.class,
                        DelegateScenarios.class,
                        MovingMembersScenarios.class)
                .flags(CpuLoad.FLAG)
                .inheriting()
                .onEachJdkInFullRun();
    }
}
