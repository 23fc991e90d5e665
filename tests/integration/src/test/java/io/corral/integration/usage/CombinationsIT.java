package io.corral.integration.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** More combinations of containers than the option allows, in a small heap. */
@Tag("full")
class CombinationsIT {

    static Stream<Jdk> jdks() {
        return Jdk.eachInFullRun().stream();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void manyTenantsWithManyEndpointsFitInASmallHeap(Jdk jdk) {
        ForkedJvm.Outcome outcome = ForkedJvm.on(jdk)
                .optimizing()
                .agentArguments("combinations=5000")
                .flags("-Xmx32m")
                .runMain(ManyCombinationsProgram.class);
        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        assertThat(outcome.errLines()).isEmpty();
        assertThat(outcome.number("falls")).isZero();
        assertThat(outcome.number("disagreements")).isZero();
        assertThat(outcome.value("starts")).isEqualTo("161 161");
        assertThat(outcome.number("first")).isEqualTo(1);
        assertThat(outcome.value("last")).isEqualTo("false");
    }
}
