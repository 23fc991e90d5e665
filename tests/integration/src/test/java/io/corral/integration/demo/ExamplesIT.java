package io.corral.integration.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the small examples print, with the agent and without it. */
class ExamplesIT {

    static Stream<Jdk> newest() {
        return Stream.of(Jdk.newest());
    }

    @ParameterizedTest
    @MethodSource("newest")
    void tenantsExamplePrintsCpuTimeAndThreads(Jdk jdk) {
        assertThat(lines(ForkedJvm.on(jdk), "Tenants"))
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("The agent counts."),
                        line -> assertThat(line)
                                .matches("/tenants/acme: \\d+\\.\\d ms of CPU, threads started: 1"),
                        line -> assertThat(line)
                                .matches("/tenants/globex: \\d+\\.\\d ms of CPU, threads started:"
                                        + " 1"));
        assertThat(lines(ForkedJvm.on(jdk).withoutAgent(), "Tenants"))
                .containsExactly(
                        "There is no agent.",
                        "/tenants/acme: CPU unknown, threads started: unknown",
                        "/tenants/globex: CPU unknown, threads started: unknown");
    }

    @ParameterizedTest
    @MethodSource("newest")
    void releaseNoticeExamplePrintsTheEndOfAJob(Jdk jdk) {
        assertThat(lines(ForkedJvm.on(jdk), "ReleaseNotice"))
                .containsExactly(
                        "4 files to read, in /jobs/import",
                        "3 files to read, in /jobs/import",
                        "2 files to read, in /jobs/import",
                        "1 files to read, in /jobs/import",
                        "The last thread of /jobs/import has ended.",
                        "It has been removed; 4 threads ran in it.");
    }

    @ParameterizedTest
    @MethodSource("newest")
    void ownSubsystemExampleRefusesTheFourthThread(Jdk jdk) {
        assertThat(lines(ForkedJvm.on(jdk), "OwnSubsystem"))
                .hasSize(4)
                .startsWith("worker-1 works.", "worker-2 works.", "worker-3 works.")
                .last()
                .asString()
                .contains("/workshop has reached its limit of 3 threads");
    }

    private static List<String> lines(ForkedJvm jvm, String example) {
        ForkedJvm.Outcome outcome = jvm.run(
                "-cp",
                ForkedJvm.examplesDir() + "/corral-examples.jar:" + ForkedJvm.runtimeJar(),
                "io.corral.examples." + example);
        assertThat(outcome.errLines()).isEmpty();
        assertThat(outcome.exitCode()).isZero();
        return outcome.out().lines().toList();
    }
}
