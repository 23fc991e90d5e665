package io.corral.it;

import io.corral.it.harness.Scenarios;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

class OwnAllocationIT {

    @TestFactory
    Stream<DynamicNode> scenariosUnderEachCollector() {
        return with("-XX:+UseSerialGC", "-XX:+UseParallelGC", "-XX:+UseG1GC", "-XX:+UseZGC");
    }

    /** Where a thread can be stopped between any two looks, and where nothing is allocated in a buffer. */
    @TestFactory
    Stream<DynamicNode> scenariosInTheInterpreterAndWithoutBuffers() {
        return with("-Xint", "-XX:-UseTLAB");
    }

    private static Stream<DynamicNode> with(String... flags) {
        return Stream.of(flags)
                .map(flag -> DynamicContainer.dynamicContainer(
                        flag,
                        Scenarios.onEachJdkAtOnce(OwnAllocationScenarios.class, flag, "-Xmx512m")));
    }
}
