package io.corral.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.it.harness.ForkedJvm;
import io.corral.it.harness.Jdk;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Readers, threads that switch, an attacher, a forker and a remover, for twenty seconds; with other collectors, and under the other clock, for half of it. */
class MonotonyIT {

    private static final int SECONDS = 20;
    private static final String ADAPTIVE = "clock=adaptive";
    private static final List<String> COLLECTORS = List.of("G1", "Serial", "Parallel");

    @ParameterizedTest(name = "{0}, {1}, {2}")
    @MethodSource("runs")
    @Execution(ExecutionMode.CONCURRENT)
    void noContainersUsageEverFallsWhateverMovesAndExitsAndIsRemoved(
            Jdk jdk, String collector, String clock) {
        boolean isMain = collector.equals(COLLECTORS.get(0)) && !clock.equals(ADAPTIVE);
        int seconds = isMain ? SECONDS : SECONDS / 2;
        ForkedJvm.Outcome outcome = ForkedJvm.on(jdk)
                .agentArguments(clock)
                .flags("-XX:+Use" + collector + "GC", "-Xmx256m")
                .runMain(UnderFire.class, Integer.toString(seconds));

        System.out.println("MonotonyIT on " + jdk + " with " + collector + " and "
                + clock + ": "
                + outcome.out()
                        .lines()
                        .reduce((one, other) -> one + " " + other)
                        .orElse(""));
        assertThat(outcome.errLines()).isEmpty();
        assertThat(outcome.number("falls")).isZero();
        assertThat(outcome.number("readings")).isGreaterThan(1_000L * seconds);
        assertThat(outcome.number("switches")).isGreaterThan(1_000L * seconds);
        assertThat(outcome.number("attaches")).isGreaterThan(100L * seconds);
        assertThat(outcome.number("forks")).isGreaterThan(20L * seconds);
        assertThat(outcome.number("removals")).isGreaterThan(10L * seconds);
        assertThat(outcome.number("collections")).isPositive();
    }

    static List<Arguments> runs() {
        List<Arguments> runs = new ArrayList<>();
        for (Jdk jdk : Jdk.all()) {
            for (String collector : COLLECTORS) {
                runs.add(Arguments.of(jdk, collector, "clock=exact"));
            }
            // A JDK has one collector here: what is torn depends on it, and not on the clock.
            runs.add(
                    Arguments.of(jdk, COLLECTORS.get(jdk.feature() % COLLECTORS.size()), ADAPTIVE));
        }
        return runs;
    }
}
