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

/** {@code corral rules check PID} names the rules that have matched nothing. */
class RulesOfJvmIT {

    @TempDir
    Path folder;

    static Stream<Jdk> jdks() {
        return Jdk.eachInFullRun().stream();
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("jdks")
    void rulesWithoutAMatchAreListed(Jdk jdk) throws Exception {
        Path rules = folder.resolve("some.rules");
        Files.writeString(
                rules,
                String.join(
                        "\n",
                        "thread ruled-* -> /ruled",
                        "thread absent-* -> /absent",
                        "enter a.B#c -> /b",
                        "handover absent-* -> off",
                        "handover task a.B -> off",
                        "handover a.Queue#add({0})"));
        try (RunningJvm jvm =
                ForkedJvm.on(jdk).agentArguments("rules=" + rules).startMain(WhyProgram.class)) {
            jvm.await("ready");
            ForkedJvm.Outcome outcome = check(jdk, jvm);
            assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
            assertThat(outcome.out().lines())
                    .containsExactly(
                            rules + ":2: no thread has matched",
                            rules + ":3: the rule for a.B#c matched no method: no loaded class of"
                                    + " the application has such a method and a body for it; name"
                                    + " the class that has the body, or append + to match its"
                                    + " subtypes",
                            rules + ":4: no worker has matched",
                            rules + ":5: no task has matched",
                            rules + ":6: the class of a.Queue#add({0}) is not loaded");
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void errorInAChangedFileIsReported(Jdk jdk) throws Exception {
        Path rules = folder.resolve("changed.rules");
        Files.writeString(rules, "thread absent-* -> /absent");
        try (RunningJvm jvm =
                ForkedJvm.on(jdk).agentArguments("rules=" + rules).startMain(WhyProgram.class)) {
            jvm.await("ready");
            Files.writeString(rules, "thread absent-* -> /absent\nbad");
            jvm.errUntil("corral: the rules in " + rules
                    + " are not in force: the rules stay as they were");
            ForkedJvm.Outcome outcome = check(jdk, jvm);
            assertThat(outcome.exitCode()).as(outcome.toString()).isEqualTo(1);
            assertThat(outcome.out().lines().toList())
                    .hasSize(3)
                    .contains(
                            "the rules in " + rules + " are not in force: the rules stay as they"
                                    + " were",
                            rules + ":1: no thread has matched")
                    .first()
                    .asString()
                    .startsWith(rules + ":2:1: ");
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void jvmWithoutRulesIsReported(Jdk jdk) throws Exception {
        try (RunningJvm jvm = ForkedJvm.on(jdk).startMain(WhyProgram.class)) {
            jvm.await("ready");
            assertThat(check(jdk, jvm).out().lines()).containsExactly("no rules are in force");
        }
    }

    private ForkedJvm.Outcome check(Jdk jdk, RunningJvm jvm) {
        return new ToolCommand(jdk, folder).run("rules", "check", Long.toString(jvm.pid()));
    }
}
