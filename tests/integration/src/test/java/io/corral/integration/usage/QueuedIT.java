package io.corral.integration.usage;

import io.corral.integration.harness.Scenarios;
import io.corral.integration.support.CpuLoad;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Time in which work is ready and does not run. */
class QueuedIT {

    private static final String[] FLAGS = {
        CpuLoad.FLAG,
        "-Dcorral.queued=on",
        "-Djdk.virtualThreadScheduler.parallelism=1",
        "-Djdk.virtualThreadScheduler.maxPoolSize=1",
        "-XX:+UnlockDiagnosticVMOptions",
        "-XX:+BytecodeVerificationLocal"
    };

    @TestFactory
    Stream<DynamicNode> threads() {
        return Scenarios.of(QueuedThreadsScenarios.class)
                .flags(FLAGS)
                .withVirtualThreadsInFullRun();
    }

    @Tag("full")
    @TestFactory
    Stream<DynamicNode> tasks() {
        return Scenarios.of(QueuedTasksScenarios.class).flags(FLAGS).onEachJdkInFullRun();
    }
}
