package io.corral.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.it.harness.ForkedJvm;
import io.corral.it.harness.Jdk;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Usage under fire. Long where the newest JDK runs its default collector, and everywhere with {@code
 * -Dcorral.long=true}; else short.
 */
class MonotonyIT {

    private static final int LONG_SECONDS = 30;
    private static final int SHORT_SECONDS = 5;

    @ParameterizedTest(name = "{0}, {1}, {2} s")
    @MethodSource("runs")
    void noContainersUsageEverFallsWhateverMovesAndExitsAndIsRemoved(
            Jdk jdk, String collector, int seconds) {
        ForkedJvm.Outcome outcome = ForkedJvm.on(jdk)
                .flags("-XX:+Use" + collector + "GC", "-Xmx256m")
                .runMain(UnderFire.class, Integer.toString(seconds));

        System.out.println("MonotonyIT on " + jdk + " with " + collector + ": "
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
        List<Jdk> jdks = Jdk.all();
        List<Arguments> runs = new ArrayList<>();
        for (Jdk jdk : jdks) {
            for (String collector : List.of("G1", "Serial", "Parallel")) {
                boolean newest = jdk == jdks.get(jdks.size() - 1) && collector.equals("G1");
                boolean asLong = newest || Boolean.getBoolean("corral.long");
                runs.add(Arguments.of(jdk, collector, asLong ? LONG_SECONDS : SHORT_SECONDS));
            }
        }
        return runs;
    }
}
