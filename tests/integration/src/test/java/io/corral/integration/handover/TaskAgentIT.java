package io.corral.integration.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import io.corral.integration.support.ArchiveApplication;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Another agent transforms the classes of tasks, loaded before Corral or after it. */
class TaskAgentIT {

    @TempDir
    Path folder;

    static Stream<Arguments> orders() {
        return Jdk.eachInFullRun().stream()
                .flatMap(jdk -> Stream.of(true, false).map(isFirst -> Arguments.of(jdk, isFirst)));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void tasksKeepTheirSubmitterWhileAnotherAgentSubmitsAndRetransforms(Jdk jdk, boolean isFirst) {
        Path agent = ArchiveApplication.agent(folder.resolve("task-agent.jar"), TaskAgent.class);
        List<String> flags = new ArrayList<>(
                List.of("-javaagent:" + agent, "-javaagent:" + ForkedJvm.agentJar()));
        if (!isFirst) {
            Collections.reverse(flags);
        }
        ForkedJvm.Outcome outcome = ForkedJvm.on(jdk)
                .optimizing()
                .withoutAgent()
                .flags(flags.toArray(new String[0]))
                .runMain(TaskAgentProgram.class);
        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        assertThat(outcome.errLines()).isEmpty();
        assertThat(outcome.out().lines())
                .containsExactly(
                        "before=/pools/app",
                        "fixed=/tenants/a",
                        "common=/tenants/a",
                        "asked=true",
                        "retransformed=/tenants/a",
                        "again=/tenants/b",
                        "fixedAgain=/tenants/b");
    }
}
