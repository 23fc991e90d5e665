package io.corral.integration.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.FullRun;
import io.corral.integration.harness.Jdk;
import io.corral.integration.support.ArchiveApplication;
import io.corral.integration.support.CpuLoad;
import io.corral.integration.support.TestCarriers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The class of virtual threads is woven when the first one is created, which is counted like any
 * other.
 */
class FirstVirtualThreadIT {

    private static final String WOVEN = "redefined name=java.lang.VirtualThread,";

    @TempDir
    Path folder;

    static Stream<Jdk> jdks() {
        return Jdk.withVirtualThreads();
    }

    static Stream<Arguments> ways() {
        List<String> ways = List.of("executor", "builder", "factory", "constructor");
        return jdks().flatMap(jdk -> FullRun.rows(2, ways).map(way -> Arguments.of(jdk, way)));
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("jdks")
    void virtualThreadClassIsNotWovenBeforeTheFirstVirtualThread(Jdk jdk) {
        ForkedJvm.Outcome outcome = run(logging(jdk), "none");
        assertThat(outcome.out())
                .contains("redefined name=java.lang.Thread,")
                .doesNotContain(WOVEN);
    }

    @ParameterizedTest(allowZeroInvocations = true, name = "{0}: {1}")
    @MethodSource("ways")
    void firstVirtualThreadIsCountedAndCharged(Jdk jdk, String way) {
        ForkedJvm.Outcome outcome = run(logging(jdk), way);
        assertThat(outcome.out()).containsOnlyOnce(WOVEN);
        assertThat(outcome.out().indexOf(WOVEN)).isGreaterThan(outcome.out().indexOf("begun"));
        assertThat(outcome.value("place")).isEqualTo("/first");
        if (!way.equals("executor")) {
            assertThat(outcome.value("running")).isEqualTo("1 1 0");
        }
        assertThat(outcome.value("ended")).isEqualTo("0 1 1");
        assertThat(outcome.number("cpuMillis")).isGreaterThanOrEqualTo(40);
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("jdks")
    void concurrentFirstVirtualThreadsAreEachCounted(Jdk jdk) {
        ForkedJvm.Outcome outcome =
                run(beside(VirtualThreadAgent.Action.DELAY, logging(jdk)), "together");
        assertThat(outcome.out()).containsOnlyOnce(WOVEN);
        for (int i = 0; i < 16; i++) {
            assertThat(outcome.value("/together/" + i)).isEqualTo("0 1 1");
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("jdks")
    void transformerThatStartsVirtualThreadsDoesNoHarm(Jdk jdk) {
        ForkedJvm.Outcome outcome =
                run(beside(VirtualThreadAgent.Action.START, logging(jdk)), "builder");
        assertThat(outcome.value("place")).isEqualTo("/first");
        assertThat(outcome.value("ended")).isEqualTo("0 1 1");
        assertThat(outcome.out()).contains("asked\n");
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("jdks")
    void firstVirtualThreadMadeByALoaderDuringWeavingIsCounted(Jdk jdk) throws IOException {
        Path rules = Files.writeString(
                folder.resolve("rules.conf"),
                "enter " + FirstVirtualThreadProgram.Woven.class.getName() + "#run -> /woven\n");
        ForkedJvm.Outcome outcome = run(logging(jdk).agentArguments("rules=" + rules), "loader");
        assertThat(outcome.value("madeInTransformer")).isEqualTo("true");
        assertThat(outcome.value("woven")).isEqualTo("/woven");
        assertThat(outcome.value("tenant")).isEqualTo("0 1 1");
    }

    private ForkedJvm beside(VirtualThreadAgent.Action action, ForkedJvm jvm) {
        Path agent = ArchiveApplication.agent(
                folder.resolve("virtual-agent.jar"),
                VirtualThreadAgent.class,
                VirtualThreadAgent.Action.class);
        return jvm.flags("-javaagent:" + agent + "=" + action);
    }

    private static ForkedJvm logging(Jdk jdk) {
        return ForkedJvm.on(jdk)
                .flags("-Xlog:redefine+class+load=info", CpuLoad.FLAG, TestCarriers.FLAG);
    }

    private static ForkedJvm.Outcome run(ForkedJvm jvm, String way) {
        ForkedJvm.Outcome outcome = jvm.runMain(FirstVirtualThreadProgram.class, way);
        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        assertThat(outcome.errLines()).isEmpty();
        return outcome;
    }
}
