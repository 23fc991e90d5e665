package io.corral.integration.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A recording lists everything where it begins and ends, and in between only what has changed. */
class ChunksIT {

    static List<Jdk> jdks() {
        return Jdk.eachInFullRun();
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("jdks")
    void unchangedContainersHaveTotalsAndNoUsageEvents(Jdk jdk) {
        ForkedJvm.Outcome outcome = ForkedJvm.on(jdk).runMain(QuietContainersProgram.class);
        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        assertThat(outcome.number("quietTotals")).isEqualTo(500);
        assertThat(outcome.value("busyIsRight")).isEqualTo("true");
        assertThat(outcome.number("busyUsages")).isGreaterThan(1);
        // The root, the busy one, and those of the JVM and of Corral.
        assertThat(outcome.number("usages")).isLessThan(30 * outcome.number("busyUsages"));
        // Where the recording begins, and where it ends.
        assertThat(outcome.number("members")).isEqualTo(2);
    }

    /** JFR begins new chunks by itself here, because the chunk has become large. */
    @ParameterizedTest
    @MethodSource("jdks")
    void middleChunksHaveTotalsOfChangedContainersOnly(Jdk jdk) {
        ForkedJvm.Outcome outcome = ForkedJvm.on(jdk)
                .flags("-XX:FlightRecorderOptions:maxchunksize=1m")
                .runMain(RotatedChunksProgram.class);
        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        assertThat(outcome.number("mostTotalsOfQuiet")).isEqualTo(2);
        assertThat(outcome.number("totalsOfBusy")).isGreaterThan(2);
    }
}
