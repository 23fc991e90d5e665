package io.corral.integration.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Threads that are too short to be seen by a poll each second. */
@Tag("stress")
class ShortThreadsIT {

    @ParameterizedTest
    @MethodSource("jdks")
    void shortThreadsAreChargedTheirCpuTimeAndTheCostOfEmptyOnes(Jdk jdk) {
        ForkedJvm.Outcome outcome =
                ForkedJvm.on(jdk).optimizing().runMain(ShortThreadsProgram.class);

        System.out.println("ShortThreadsIT on " + jdk + ": " + outcome.value("summary"));
        assertThat(outcome.errLines()).isEmpty();
        assertThat(outcome.number("forks")).isEqualTo(ShortThreadsProgram.THREADS);
        assertThat(outcome.number("exits")).isEqualTo(ShortThreadsProgram.THREADS);
        long ownReadings = outcome.number("ownReadings");
        assertThat(ownReadings)
                .isGreaterThanOrEqualTo(
                        ShortThreadsProgram.THREADS * ShortThreadsProgram.CPU_NANOS);
        assertThat(outcome.number("container"))
                .isBetween(ownReadings, ownReadings + outcome.number("emptyContainer"));
    }

    static List<Jdk> jdks() {
        return Jdk.all();
    }
}
