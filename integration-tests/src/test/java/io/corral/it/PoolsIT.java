package io.corral.it;

import io.corral.it.harness.Scenarios;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

class PoolsIT {

    @TestFactory
    Stream<DynamicNode> scenarios() {
        return Scenarios.onEachJdk(
                PoolsScenarios.class, "-Djava.util.concurrent.ForkJoinPool.common.parallelism=3");
    }
}
