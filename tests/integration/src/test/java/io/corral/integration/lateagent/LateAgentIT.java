package io.corral.integration.lateagent;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import io.corral.integration.support.DamagedAgentJar;
import io.corral.integration.support.StartOutcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The agent is loaded into a JVM that runs. */
class LateAgentIT {

    private static final String IN_USE =
            "corral: not active: the API is already in use from the class loader app;"
                    + " start the JVM with -javaagent. The application runs unmetered.";

    @TempDir
    Path folder;

    static Stream<Jdk> jdks() {
        return Jdk.all().stream();
    }

    static Stream<Jdk> newest() {
        return Stream.of(Jdk.newest());
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void lateAgentIsActiveIfTheApiWasNotUsed(Jdk jdk) {
        assertActive(run(jdk, "unused", ForkedJvm.agentJar()), jdk);
    }

    @ParameterizedTest
    @MethodSource("newest")
    void lateAgentStaysInactiveIfTheApiIsInUse(Jdk jdk) {
        ForkedJvm.Outcome outcome = run(jdk, "used", ForkedJvm.agentJar());
        assertThat(outcome.value("active")).isEqualTo("false");
        assertThat(outcome.value("cpuKnown")).isEqualTo("false");
        assertThat(outcome.errLines()).containsExactly(IN_USE);
    }

    @ParameterizedTest
    @MethodSource("newest")
    void secondLateAgentStaysInactiveLikeTheFirst(Jdk jdk) {
        ForkedJvm.Outcome outcome = run(jdk, "used", ForkedJvm.agentJar(), ForkedJvm.agentJar());
        assertThat(outcome.value("active")).isEqualTo("false");
        assertThat(outcome.errLines()).containsExactly(IN_USE, IN_USE);
    }

    @ParameterizedTest
    @MethodSource("newest")
    void lateAgentLoadedTwiceStaysActive(Jdk jdk) {
        assertActive(run(jdk, "unused", ForkedJvm.agentJar(), ForkedJvm.agentJar()), jdk);
    }

    /**
     * The start fails after the boot loader was opened: before any class of the API is defined, and
     * after all are.
     */
    static Stream<Arguments> failures() {
        return newest().flatMap(jdk -> Stream.of(
                Arguments.of(
                        jdk,
                        "io/corral/Container",
                        DamagedAgentJar.truncated(),
                        "ClassFormatError"),
                Arguments.of(
                        jdk,
                        "io/corral/runtime/hook/ForkHook",
                        DamagedAgentJar.removed(),
                        "ForkHook")));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("failures")
    void secondLateAgentReportsThatTheFirstFailed(
            Jdk jdk, String name, DamagedAgentJar.Damage damage, String said) {
        Path damaged = DamagedAgentJar.copy(folder, name, damage);
        ForkedJvm.Outcome outcome = run(jdk, "unused", damaged.toString(), ForkedJvm.agentJar());
        assertThat(outcome.value("active")).isEqualTo("false");
        assertThat(outcome.errLines()).hasSize(2);
        assertThat(outcome.errLines().get(0)).contains(said);
        assertThat(outcome.errLines().get(1))
                .isEqualTo("corral: not active: an earlier agent has put classes into the"
                        + " boot loader, and did not become active. The application runs"
                        + " unmetered.");
    }

    private static ForkedJvm.Outcome run(Jdk jdk, String... arguments) {
        List<String> flags = new ArrayList<>(List.of("-Djdk.attach.allowAttachSelf=true"));
        if (jdk.feature() >= 21) {
            flags.add("-XX:+EnableDynamicAgentLoading");
        }
        ForkedJvm.Outcome outcome = ForkedJvm.on(jdk)
                .withoutAgent()
                .flags(flags.toArray(new String[0]))
                .runMain(LateAgentProgram.class, arguments);
        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        long uses = (arguments[0].equals("used") ? 2 : 1) * (jdk.hasVirtualThreads() ? 2 : 1);
        assertThat(outcome.out().lines().filter("/late"::equals)).hasSize((int) uses);
        return outcome;
    }

    private static void assertActive(ForkedJvm.Outcome outcome, Jdk jdk, String... lines) {
        StartOutcome.assertActive(outcome, jdk, lines);
        assertThat(outcome.value("cpuKnown")).isEqualTo("true");
    }
}
