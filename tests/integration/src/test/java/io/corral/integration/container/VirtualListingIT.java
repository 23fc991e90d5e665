package io.corral.integration.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The walk that looks for the virtual threads of a container; prints what it takes. */
class VirtualListingIT {

    /** A third of the virtual threads. */
    private static final int THREADS = Integer.getInteger("corral.listing.threads", 300) / 3;

    static Stream<Jdk> jdks() {
        return Jdk.all().stream();
    }

    static Stream<Jdk> jdksWithVirtualThreads() {
        return Jdk.withVirtualThreads();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void eachMemberIsListedOnceAndNoneIsMissed(Jdk jdk) {
        ForkedJvm.Outcome outcome = run(ForkedJvm.on(jdk));
        assertThat(outcome.value("before")).isEqualTo("0 0 0 0");
        if (jdk.feature() >= 21) {
            System.out.println("VirtualListingIT on " + jdk + ": " + outcome.value("walkMicros")
                    + " us for " + 3 * THREADS + " virtual threads");
            assertThat(outcome.value("running")).isEqualTo(outcome(2 * THREADS, THREADS, 0));
            assertThat(outcome.value("moved")).isEqualTo(outcome(2 * THREADS - 1, THREADS - 1, 0));
            assertThat(outcome.value("ended")).isEqualTo("0 0 0 0");
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("jdksWithVirtualThreads")
    void membersThatTheJdkDoesNotListAreCountedAsMissed(Jdk jdk) {
        ForkedJvm.Outcome outcome = run(ForkedJvm.on(jdk).flags("-Djdk.trackAllThreads=false"));
        assertThat(outcome.value("running")).isEqualTo(outcome(THREADS, 0, THREADS));
        assertThat(outcome.value("moved")).isEqualTo(outcome(THREADS, 0, THREADS - 1));
        assertThat(outcome.value("ended")).isEqualTo("0 0 0 0");
    }

    private static ForkedJvm.Outcome run(ForkedJvm jvm) {
        ForkedJvm.Outcome outcome =
                jvm.runMain(VirtualListingProgram.class, String.valueOf(THREADS));
        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        assertThat(outcome.errLines()).isEmpty();
        return outcome;
    }

    private static String outcome(int found, int ownThreads, int missed) {
        return found + " " + found + " " + ownThreads + " " + missed;
    }
}
