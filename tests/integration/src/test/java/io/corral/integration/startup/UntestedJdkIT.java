package io.corral.integration.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import io.corral.integration.support.StartOutcome;
import io.corral.integration.support.UntestedJdk;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a JDK that is newer than the tested ones Corral is active if it finds all that it needs. */
class UntestedJdkIT {

    private static final String NOT_TESTED =
            "corral: Corral is not tested on JDK 26, only up to 25;"
                    + " it found all that it needs here, and its limits only count what they would"
                    + " do to virtual threads";

    private static final String SUPPORTED =
            "; 17 to 25 are supported, of 21 from 21.0.3 on. The application runs unmetered.";

    private final Jdk jdk = Jdk.newest();

    @TempDir
    Path folder;

    @BeforeEach
    void assumeThatTheTestedJdkIsInstalled() {
        assumeTrue(jdk.feature() == UntestedJdk.FEATURE - 1);
    }

    @Test
    void agentIsActiveAndOneLineSaysThatTheJdkIsNotTested() throws IOException {
        ForkedJvm.Outcome outcome =
                StartOutcome.runWithApi(new UntestedJdk(jdk, folder).jvm(), jdk);
        StartOutcome.assertActive(outcome, jdk, NOT_TESTED);
    }

    @Test
    void missingPointOfVirtualThreadsIsNamedAndNothingIsWoven() throws IOException {
        assertNotActive(
                new UntestedJdk(jdk, folder)
                        .replace("java/lang/VirtualThread", "afterDone", "afterlife"),
                "VirtualThread.afterDone(boolean)");
    }

    @Test
    void missingMemberThatNoPointNeedsIsNamedAndNothingIsWoven() throws IOException {
        assertNotActive(
                new UntestedJdk(jdk, folder)
                        .replace(
                                "java/lang/VirtualThread",
                                "DEFAULT_SCHEDULER",
                                "BUILTIN_SCHEDULER"),
                "VirtualThread.DEFAULT_SCHEDULER");
    }

    private void assertNotActive(UntestedJdk untested, String missing) {
        ForkedJvm.Outcome outcome = StartOutcome.runWithApi(untested.jvm(), jdk);
        assertThat(outcome.errLines()).hasSize(1);
        assertThat(outcome.errLines().get(0))
                .startsWith("corral: not active: " + missing + " not found on Java 26.")
                .endsWith(SUPPORTED);
        assertThat(outcome.value("active")).isEqualTo("false");
    }

    @Test
    void optionThatSwitchesCorralOffHoldsHereToo() throws IOException {
        ForkedJvm.Outcome outcome = StartOutcome.runWithApi(
                new UntestedJdk(jdk, folder).jvm().agentArguments("enabled=false"), jdk);
        StartOutcome.assertInactive(outcome);
    }

    /** The option {@code carriers} is set, which lets virtual threads take turns elsewhere. */
    @Test
    void limitsCountWhatTheyWouldDoToVirtualThreadsAndHoldForPlatformThreads() throws IOException {
        ForkedJvm.Outcome outcome = new UntestedJdk(jdk, folder)
                .jvm()
                .agentArguments("carriers=16")
                .flags("-Djdk.virtualThreadScheduler.parallelism=2")
                .flags("--add-opens", "java.base/java.lang=ALL-UNNAMED")
                .runMain(UntestedLimitsProgram.class);
        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        assertThat(outcome.errLines().get(0)).isEqualTo(NOT_TESTED);
        assertThat(outcome.value("fairQueues")).isEqualTo("false");
        assertThat(outcome.value("parallelism")).isEqualTo("2");
        assertThat(outcome.value("virtualRequests")).isEqualTo("3 of 3, would shed 2, shed 0");
        assertThat(outcome.value("platformRequests")).isEqualTo("1 of 3, would shed 0, shed 2");
        assertThat(outcome.value("virtualThreads")).isEqualTo("3 of 3, would refuse 2, refused 0");
        assertThat(outcome.value("platformThreads")).isEqualTo("1 of 3, would refuse 0, refused 2");
    }
}
