package io.corral.it.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.it.harness.ForkedJvm;
import io.corral.it.harness.Jdk;
import io.corral.it.support.ArchiveApplication;
import io.corral.it.support.KeyAgent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The class that is redefined so that tasks take places along, under the eyes and hands of another agent. */
class HandOverKeyIT {

    @TempDir
    Path folder;

    static Stream<Jdk> jdks() {
        return Jdk.all().stream();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void manyThatEnterTogetherHaveItRedefinedOnceAndAnotherAgentDoesNotTakeThatBack(Jdk jdk) {
        ForkedJvm.Outcome outcome = run(jdk, KeyAgent.Deed.COPY);
        assertThat(outcome.errLines()).isEmpty();
        assertThat(outcome.out().lines().filter("first=tenant"::equals)).hasSize(16);
        assertThat(outcome.number("redefinitions")).isEqualTo(1);
        assertThat(outcome.value("then")).isEqualTo("tenant");
        // The other agent's own, behind which there was nothing to enable again.
        assertThat(outcome.number("redefinitionsAtLast")).isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void whereTheJvmRefusesTasksAreThePoolsAndOneLineSaysSo(Jdk jdk) {
        ForkedJvm.Outcome outcome = run(jdk, KeyAgent.Deed.DAMAGE);
        assertThat(outcome.out().lines().filter("first=/pools/key"::equals)).hasSize(16);
        assertThat(outcome.errLines()).hasSize(1);
        assertThat(outcome.errLines().get(0))
                .startsWith("corral: tasks are charged to the pool that runs them: ")
                .contains("java.lang.ClassFormatError");
    }

    private ForkedJvm.Outcome run(Jdk jdk, KeyAgent.Deed deed) {
        Path agent = ArchiveApplication.agent(
                folder.resolve("key-agent.jar"), KeyAgent.class, KeyAgent.Deed.class);
        List<String> flags = new ArrayList<>(
                List.of("-javaagent:" + agent + "=" + deed, "-javaagent:" + ForkedJvm.agentJar()));
        if (deed == KeyAgent.Deed.DAMAGE) {
            // The last in the row has the last word.
            Collections.reverse(flags);
        }
        ForkedJvm.Outcome outcome = ForkedJvm.on(jdk)
                .withoutAgent()
                .flags(flags.toArray(new String[0]))
                .runMain(HandOverKeyProgram.class);
        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        return outcome;
    }
}
