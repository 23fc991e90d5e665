package io.corral.it.fork;

import io.corral.it.harness.Scenarios;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

class StartersIT {

    @TestFactory
    Stream<DynamicNode> scenarios() {
        return Scenarios.onEachJdk(
                StartersScenarios.class,
                "--enable-preview",
                "-Djava.util.concurrent.ForkJoinPool.common.parallelism=3");
    }
}
