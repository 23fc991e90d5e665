package io.corral.integration.callbacks;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.ForkedJvm.Outcome;
import io.corral.integration.harness.Jdk;
import io.corral.integration.harness.Scenario;
import io.corral.integration.support.ThreadCounts;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HookFailureIT {

    static Stream<Jdk> jdks() {
        return Jdk.eachInFullRun().stream();
    }

    static Stream<Jdk> newest() {
        return Stream.of(Jdk.newest());
    }

    /** The part of scenario 17 that concerns hooks. */
    @Scenario(17)
    @ParameterizedTest
    @MethodSource("jdks")
    void callbacksThatThrowFailNoThreadAndAreReportedOnce(Jdk jdk) {
        Outcome outcome = ForkedJvm.on(jdk).runMain(HookFailureProgram.class);
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        int kinds = jdk.hasVirtualThreads() ? 2 : 1;
        int threads = kinds * HookFailureProgram.THREADS;
        assertThat(outcome.number("in-/failing")).isEqualTo(threads);
        assertThat(outcome.value("counts"))
                .isEqualTo(new ThreadCounts(0, threads, threads).toString());
        assertThat(outcome.value("counted")).isEqualTo(threads + " forks, " + threads + " exits");
        for (String hook : List.of("canFork", "fork callback", "exit callback")) {
            assertThat(outcome.number(hook)).as(hook).isEqualTo(threads);
            assertThat(outcome.errLines())
                    .filteredOn(line -> line.contains("the " + hook + " hook failed"))
                    .singleElement()
                    .asString()
                    .startsWith("corral: ")
                    .contains(HookFailureProgram.class.getName())
                    .endsWith("IllegalStateException: in " + hook);
        }
        assertThat(outcome.number("cancelFork")).isEqualTo(kinds);
        assertThat(outcome.number("refused")).isEqualTo(kinds);
        assertThat(outcome.errLines())
                .filteredOn(line -> line.startsWith("corral:"))
                .hasSize(4);
    }

    @Scenario(17)
    @ParameterizedTest
    @MethodSource("newest")
    void eachFailedHookIsRecordedAsOneEvent(Jdk jdk) {
        Outcome outcome = ForkedJvm.on(jdk).runMain(RecordedHookFailureProgram.class);
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        String message = HookFailureProgram.class.getName()
                + "$Throwing: java.lang.IllegalStateException: in ";
        assertThat(outcome.out().lines().filter(line -> line.startsWith("event of ")))
                .containsExactlyInAnyOrder(
                        "event of canFork=1 " + message + "canFork",
                        "event of cancelFork=1 " + message + "cancelFork",
                        "event of fork callback=1 " + message + "fork callback",
                        "event of exit callback=1 " + message + "exit callback");
    }
}
