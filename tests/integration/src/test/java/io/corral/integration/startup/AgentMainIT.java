package io.corral.integration.startup;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code java -jar corral-agent.jar}. */
class AgentMainIT {

    private static final List<String> KEYS = List.of(
            "enabled",
            "config",
            "clock",
            "jfr",
            "period",
            "rules",
            "placement",
            "handover",
            "queued",
            "depth",
            "containers",
            "places",
            "idle",
            "expire",
            "combinations",
            "carriers",
            "metrics",
            "series",
            "log",
            "training");

    static Stream<Jdk> newest() {
        return Stream.of(Jdk.newest());
    }

    @ParameterizedTest
    @MethodSource("newest")
    void jarPrintsItsVersionAndOptions(Jdk jdk) {
        ForkedJvm.Outcome outcome =
                ForkedJvm.on(jdk).withoutAgent().run("-jar", ForkedJvm.agentJar());
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out().lines().findFirst())
                .contains("Corral " + System.getProperty("corral.version", "0.1.0-SNAPSHOT")
                        + ": containers for JVM threads");
        List<String> lines = outcome.out().lines().toList();
        assertThat(lines).allMatch(line -> line.length() <= 100);
        List<String> options =
                lines.stream().filter(line -> line.matches("  [a-z]+  .+")).toList();
        assertThat(options).extracting(line -> line.strip().split(" ")[0]).isEqualTo(KEYS);
        // The longest key has two spaces after it, and all choices are below each other.
        String longest = KEYS.stream().max(Comparator.comparing(String::length)).orElseThrow();
        assertThat(options)
                .allMatch(line ->
                        line.matches("  .{" + longest.length() + "}  \\S.* \\(default: \\S+\\)"));
    }

    @ParameterizedTest
    @MethodSource("newest")
    void jarPrintsItsVersionAlone(Jdk jdk) {
        ForkedJvm.Outcome outcome =
                ForkedJvm.on(jdk).withoutAgent().run("-jar", ForkedJvm.agentJar(), "--version");
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out().lines())
                .containsExactly(
                        "corral " + System.getProperty("corral.version", "0.1.0-SNAPSHOT"));
    }

    @ParameterizedTest
    @MethodSource("newest")
    void jarPrintsTheSettingsOfARecording(Jdk jdk) {
        ForkedJvm.Outcome outcome =
                ForkedJvm.on(jdk).withoutAgent().run("-jar", ForkedJvm.agentJar(), "--jfc");
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out())
                .startsWith("<?xml ")
                .contains("<event name=\"corral.ContainerUsage\">");
    }

    @ParameterizedTest
    @MethodSource("newest")
    void jarPrintsTheSettingsForAReport(Jdk jdk) {
        ForkedJvm.Outcome outcome =
                ForkedJvm.on(jdk).withoutAgent().run("-jar", ForkedJvm.agentJar(), "--profile");
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out())
                .startsWith("<?xml ")
                .contains("<event name=\"corral.OpenResidency\">");
    }

    @ParameterizedTest
    @MethodSource("newest")
    void jarPrintsTheDefaultRules(Jdk jdk) {
        ForkedJvm.Outcome outcome =
                ForkedJvm.on(jdk).withoutAgent().run("-jar", ForkedJvm.agentJar(), "--rules");
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out())
                .startsWith("# Corral's default rules")
                .contains("-> chosen /threads/{name}");
    }

    @ParameterizedTest
    @MethodSource("newest")
    void unknownArgumentPrintsOneLineAndSetsTheExitCode(Jdk jdk) {
        ForkedJvm.Outcome outcome =
                ForkedJvm.on(jdk).withoutAgent().run("-jar", ForkedJvm.agentJar(), "--nonsense");
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.errLines())
                .containsExactly("corral: unknown argument \"--nonsense\"; valid are --help, --jfc,"
                        + " --profile, --rules, --version");
    }
}
