package io.corral.it.handover;

import io.corral.it.harness.Scenarios;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** What hand-over remembers of a task never keeps that task alive, and does not add up. */
class HandOverLeakIT {

    @TestFactory
    Stream<DynamicNode> tasksThatNoWorkerRuns() {
        return Scenarios.onEachJdk(HandOverLeakScenarios.class, "-Xmx128m");
    }

    @TestFactory
    Stream<DynamicNode> submittersOfOneObject() {
        return Scenarios.onEachJdk(SubmittedAgainScenarios.class, "-Xmx128m");
    }
}
