package io.corral.it.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.corral.it.harness.ForkedJvm;
import io.corral.it.harness.Jdk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Measuring the teardown costs nothing if the kernel does not show threads' ends. */
@Isolated("measures the process")
class TeardownIT {

    static Stream<Jdk> newest() {
        return Stream.of(Jdk.newest());
    }

    @ParameterizedTest
    @MethodSource("newest")
    void noProbesOnOneCpu(Jdk jdk) {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/taskset"))
                        && Runtime.getRuntime().availableProcessors() > 1,
                "processes can't be put on one of several CPUs here");
        ForkedJvm.Outcome outcome = ForkedJvm.on(jdk).runMain(TeardownProgram.class);
        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        assertThat(outcome.number("reconciliations")).isGreaterThanOrEqualTo(3);
        assertThat(outcome.number("probesOnOneCpu")).isZero();
        assertThat(outcome.number("probesOnAll")).isPositive();
    }
}
