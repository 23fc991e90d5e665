package io.corral.integration.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Random forks, moves, scopes and removals in 128 MB of heap, for ten minutes in each JVM. */
@Tag("stress")
class SoakIT {

    /** The seconds of each JVM. */
    private static final int SECONDS = Integer.getInteger("corral.soak.seconds", 600);

    static Stream<Arguments> jvms() {
        return Jdk.all().stream()
                .flatMap(jdk -> Stream.of("-XX:+UseG1GC", "-XX:+UseZGC")
                        .map(collector -> Arguments.of(jdk, collector)));
    }

    @ParameterizedTest
    @MethodSource("jvms")
    void nothingGrowsAndNoReadingIsInconsistent(Jdk jdk, String collector) {
        ForkedJvm.Outcome outcome = ForkedJvm.on(jdk)
                .optimizing()
                .timeoutSeconds(SECONDS + 240)
                .flags("-Xmx128m", collector, "-XX:SoftRefLRUPolicyMSPerMB=0")
                .runMain(SoakProgram.class, Integer.toString(SECONDS));
        System.out.println("soak on " + jdk + " with " + collector + ":\n" + outcome.out());
        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        assertThat(outcome.number("inconsistent")).as(outcome.err()).isZero();
        assertThat(outcome.number("forks")).isPositive().isEqualTo(outcome.number("exits"));
        assertThat(outcome.number("members")).isZero();
        assertThat(outcome.number("populated")).isZero();
        assertThat(outcome.number("containers")).isLessThan(100);
        assertThat(outcome.number("grownKilobytes")).isLessThan(4_096);
        assertThat(outcome.err()).doesNotContain("corral:");
    }
}
