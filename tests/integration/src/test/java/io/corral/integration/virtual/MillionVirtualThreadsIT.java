package io.corral.integration.virtual;

import io.corral.integration.harness.Scenarios;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

@Tag("stress")
class MillionVirtualThreadsIT {

    @TestFactory
    Stream<DynamicNode> scenarios() {
        return Scenarios.of(MillionVirtualThreadsScenarios.class)
                .flags("-Xmx4g", "-Xmn2500m", "-XX:+UseSerialGC")
                .underEachClock()
                .withVirtualThreads();
    }
}
