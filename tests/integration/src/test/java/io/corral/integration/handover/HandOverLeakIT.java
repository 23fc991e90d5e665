package io.corral.integration.handover;

import io.corral.integration.harness.Scenarios;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** Records of hand-over never keep a task alive and do not accumulate. */
class HandOverLeakIT {

    @TestFactory
    Stream<DynamicNode> tasksThatNoWorkerRuns() {
        return Scenarios.of(HandOverLeakScenarios.class).flags("-Xmx128m").onEachJdkInFullRun();
    }

    @TestFactory
    Stream<DynamicNode> submittersOfOneObject() {
        return Scenarios.of(RepeatedSubmissionScenarios.class)
                .flags("-Xmx128m")
                .onEachJdkInFullRun();
    }
}
