package io.corral.integration.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import io.corral.integration.harness.Scenarios;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The limit {@code threads.max}. */
class ThreadLimitIT {

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicNode> scenarios() {
        return Scenarios.of(ThreadLimitScenarios.class, ThreadLimitRaceScenarios.class)
                .inheriting()
                .onEachJdkInFullRun();
    }

    /** As many platform threads as virtual ones. */
    @Tag("stress")
    @TestFactory
    Stream<DynamicNode> racesOfManyPlatformThreads() {
        return Scenarios.of(ThreadLimitRaceScenarios.class)
                .flags("-Dcorral.racing.platform=160000")
                .inheriting()
                .onEachJdk();
    }

    static Stream<Jdk> jdks() {
        return Jdk.eachInFullRun().stream();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void threadsOlderThanTheAgentCountAndAreNotRefused(Jdk jdk) throws IOException {
        Path rules = Files.writeString(folder.resolve("rules.conf"), "thread old-* -> /late/a\n");
        ForkedJvm.Outcome outcome = ForkedJvm.on(jdk)
                .attachingItself()
                .runMain(
                        LateLimitProgram.class,
                        ForkedJvm.agentJar(),
                        "rules=" + rules + ",placement=inherit");
        assertThat(outcome.value("adopted")).isEqualTo("3 of 3");
        assertThat(outcome.value("start"))
                .isEqualTo("Thread \"next\" not started in container /late/a: limit threads.max"
                        + " of /late/a is 3, 3 in use; set by code");
        assertThat(outcome.value("attached")).isEqualTo("4 of 3");
        assertThat(outcome.value("ended")).isEqualTo("0 of 3");
    }

    /** A pool whose only worker could not be started goes on with the next task. */
    @ParameterizedTest
    @MethodSource("jdks")
    void poolWhoseWorkerIsRefusedRejectsTheTaskAndWorksOn(Jdk jdk) throws IOException {
        Path rules =
                Files.writeString(folder.resolve("rules.conf"), "thread limited-* -> /pool/a\n");
        ForkedJvm.Outcome outcome =
                ForkedJvm.on(jdk).agentArguments("rules=" + rules).runMain(PoolLimitProgram.class);
        assertThat(outcome.value("refused"))
                .isEqualTo("Thread \"limited-worker\" not started in container /pool/a: limit"
                        + " threads.max of /pool/a is 2, 2 in use; set by code");
        assertThat(outcome.value("size")).isEqualTo("2");
        assertThat(outcome.value("ended")).isEqualTo("true");
        assertThat(outcome.value("timer")).contains("is 0, 0 in use");
        assertThat(outcome.value("peak")).isEqualTo("2");
    }
}
