package io.corral.it.handover;

import io.corral.it.harness.Scenarios;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** What hand-over remembers of a task never keeps that task alive, and does not add up. */
class HandOverLeakIT {

    @TestFactory
    Stream<DynamicNode> tasksThatNoWorkerRuns() {
        return Scenarios.of(HandOverLeakScenarios.class).flags("-Xmx128m").onEachJdk();
    }

    @TestFactory
    Stream<DynamicNode> submittersOfOneObject() {
        return Scenarios.of(SubmittedAgainScenarios.class).flags("-Xmx128m").onEachJdk();
    }
}
