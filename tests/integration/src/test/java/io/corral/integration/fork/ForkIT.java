package io.corral.integration.fork;

import io.corral.integration.harness.Scenarios;
import io.corral.integration.support.CpuLoad;
import io.corral.integration.support.TestCarriers;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** How threads start, in one JVM for each JDK. */
class ForkIT {

    @TestFactory
    Stream<DynamicNode> scenarios() {
        return Scenarios.of(
                        StartInContainerScenarios.class,
                        InheritanceScenarios.class,
                        RacesScenarios.class,
                        ChurnScenarios.class,
                        OverriddenIdScenarios.class,
                        RefusedStartScenarios.class,
                        RootScenarios.class,
                        TerminatedMemberScenarios.class,
                        FailedStartScenarios.class,
                        ThreadStartScenarios.class)
                .inheriting()
                .flags(
                        CpuLoad.FLAG,
                        TestCarriers.FLAG,
                        "--enable-preview",
                        "-Djava.util.concurrent.ForkJoinPool.common.parallelism=3")
                .onEachJdk();
    }
}
