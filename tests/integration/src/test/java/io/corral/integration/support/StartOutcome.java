package io.corral.integration.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import java.util.List;

/** Assertions on a run of {@link StartProgram} with a working or a damaged agent. */
public final class StartOutcome {

    private StartOutcome() {}

    /** Runs it without the API. */
    public static ForkedJvm.Outcome run(ForkedJvm jvm, Jdk jdk) {
        return checked(jvm.runMain(StartProgram.class), jdk);
    }

    /** Runs it with the API. */
    public static ForkedJvm.Outcome runWithApi(ForkedJvm jvm, Jdk jdk) {
        return checked(jvm.runMain(StartProgram.class, "usage"), jdk);
    }

    private static ForkedJvm.Outcome checked(ForkedJvm.Outcome outcome, Jdk jdk) {
        assertThat(outcome.exitCode()).as(outcome.toString()).isEqualTo(StartProgram.EXIT_CODE);
        assertThat(outcome.value("PLATFORM")).isEqualTo("ran");
        if (jdk.hasVirtualThreads()) {
            assertThat(outcome.value("VIRTUAL")).isEqualTo("ran");
        }
        return outcome;
    }

    /** The agent counts, and prints exactly {@code lines}. */
    public static void assertActive(ForkedJvm.Outcome outcome, Jdk jdk, String... lines) {
        assertThat(outcome.errLines()).containsExactly(lines);
        assertThat(outcome.value("active")).isEqualTo("true");
        assertThat(outcome.number("forks")).isEqualTo(jdk.hasVirtualThreads() ? 2 : 1);
        assertThat(outcome.number("exits")).isEqualTo(jdk.hasVirtualThreads() ? 2 : 1);
    }

    /** The agent does nothing, and prints exactly {@code lines}. */
    public static void assertInactive(ForkedJvm.Outcome outcome, String... lines) {
        assertThat(outcome.errLines()).isEqualTo(List.of(lines));
        assertThat(outcome.value("active")).isEqualTo("false");
    }
}
