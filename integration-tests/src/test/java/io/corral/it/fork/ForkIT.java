package io.corral.it.fork;

import io.corral.it.harness.Scenarios;
import io.corral.it.support.Burn;
import io.corral.it.support.Carriers;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** How threads start, in one JVM for each JDK. */
class ForkIT {

    @TestFactory
    Stream<DynamicNode> scenarios() {
        return Scenarios.of(
                        DirectStartScenarios.class,
                        InheritanceScenarios.class,
                        RacesScenarios.class,
                        ChurnScenarios.class,
                        OverriddenIdScenarios.class,
                        StartProtocolScenarios.class,
                        IdentityScenarios.class,
                        TerminatedMemberScenarios.class,
                        FailedStartScenarios.class,
                        StartersScenarios.class)
                .inheriting()
                .flags(
                        Burn.FLAG,
                        Carriers.FLAG,
                        "--enable-preview",
                        "-Djava.util.concurrent.ForkJoinPool.common.parallelism=3")
                .onEachJdk();
    }
}
