package io.corral.integration.lateagent;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import io.corral.integration.harness.RunningJvm;
import io.corral.integration.harness.ToolCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code corral why} says which rule placed a thread. */
class WhyCommandIT {

    @TempDir
    Path folder;

    static Stream<Jdk> jdks() {
        return Jdk.eachInFullRun().stream();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void eachKindOfPlacementIsExplained(Jdk jdk) throws Exception {
        Path rules = folder.resolve("why.rules");
        Files.writeString(rules, "\nthread ruled-* -> /ruled # first\n");
        try (RunningJvm jvm =
                ForkedJvm.on(jdk).agentArguments("rules=" + rules).startMain(WhyProgram.class)) {
            jvm.await("ready");
            // The text is that of the rule which has placed the thread.
            Files.writeString(rules, "\nthread others-* -> /others # changed\n");
            assertWhy(
                    jdk,
                    jvm,
                    "ruled-1",
                    "/ruled, by " + rules + ":2: thread ruled-* -> /ruled, since 20");
            assertWhy(jdk, jvm, "direct", "/direct, by explicit, since 20");
            assertWhy(jdk, jvm, "moved", "/moved, by attach, since 20");
            assertWhy(jdk, jvm, "heir", "/direct, by inherit, since 20");
            ForkedJvm.Outcome none = why(jdk, jvm, "nothing");
            assertThat(none.exitCode()).isEqualTo(1);
            assertThat(none.errLines())
                    .containsExactly("corral: JVM " + jvm.pid()
                            + " has no live platform thread with the name or ID \"nothing\"; list"
                            + " them with jcmd " + jvm.pid() + " Thread.print; virtual threads and"
                            + " the JVM's own, such as VM Thread, can't be asked for");
        }
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("jdks")
    void jvmWithoutCorralGetsNoAgent(Jdk jdk) throws Exception {
        try (RunningJvm jvm = ForkedJvm.on(jdk).withoutAgent().startMain(AttachTarget.class)) {
            jvm.await("ready");
            ForkedJvm.Outcome outcome = why(jdk, jvm, "main");
            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.errLines())
                    .containsExactly("corral: JVM " + jvm.pid()
                            + " has no Corral; load it with corral attach " + jvm.pid());
        }
    }

    private void assertWhy(Jdk jdk, RunningJvm jvm, String thread, String answer) {
        ForkedJvm.Outcome outcome = why(jdk, jvm, thread);
        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        assertThat(outcome.out().lines()).hasSize(1);
        assertThat(outcome.out()).startsWith("\"" + thread + "\" (id ").contains("): " + answer);
    }

    private ForkedJvm.Outcome why(Jdk jdk, RunningJvm jvm, String thread) {
        return new ToolCommand(jdk, folder).run("why", Long.toString(jvm.pid()), thread);
    }
}
