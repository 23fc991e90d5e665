package io.corral.integration.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Usage never falls while threads switch, start, end and are moved, and containers are removed. */
class MonotonyIT {

    private static final int LONG_SECONDS = 20;
    private static final String EXACT = "clock=exact";
    private static final String ADAPTIVE = "clock=adaptive";
    private static final List<String> COLLECTORS = List.of("G1", "Serial", "Parallel");

    /**
     * Uses a different collector on each JDK, because the collector affects which readings are
     * torn.
     */
    static List<Arguments> shortRuns() {
        List<Arguments> runs = new ArrayList<>();
        for (Jdk jdk : Jdk.all()) {
            runs.add(Arguments.of(jdk, collectorOf(jdk), EXACT));
            runs.add(Arguments.of(jdk, collectorOf(jdk), ADAPTIVE));
        }
        return runs;
    }

    private static String collectorOf(Jdk jdk) {
        return COLLECTORS.get(jdk.feature() % COLLECTORS.size());
    }

    @Tag("full")
    @ParameterizedTest(name = "{0}, {1}, {2}")
    @MethodSource("shortRuns")
    @Execution(ExecutionMode.CONCURRENT)
    void usageNeverFalls(Jdk jdk, String collector, String clock) {
        assertUsageNeverFalls(jdk, collector, clock, 0);
    }

    static List<Arguments> longRuns() {
        List<Arguments> runs = new ArrayList<>();
        for (Jdk jdk : Jdk.all()) {
            for (String collector : COLLECTORS) {
                boolean isFirst = collector.equals(COLLECTORS.get(0));
                runs.add(Arguments.of(
                        jdk, collector, EXACT, isFirst ? LONG_SECONDS : LONG_SECONDS / 2));
            }
            runs.add(Arguments.of(jdk, collectorOf(jdk), ADAPTIVE, LONG_SECONDS / 2));
        }
        return runs;
    }

    @Tag("stress")
    @ParameterizedTest(name = "{0}, {1}, {2}, {3} s")
    @MethodSource("longRuns")
    @Execution(ExecutionMode.CONCURRENT)
    void usageNeverFallsInALongRun(Jdk jdk, String collector, String clock, int seconds) {
        assertUsageNeverFalls(jdk, collector, clock, seconds);
    }

    private static void assertUsageNeverFalls(
            Jdk jdk, String collector, String clock, int seconds) {
        ForkedJvm.Outcome outcome = ForkedJvm.on(jdk)
                .optimizing()
                .agentArguments(clock)
                .flags("-XX:+Use" + collector + "GC", "-Xmx256m")
                .runMain(ConcurrentOperationsProgram.class, Integer.toString(seconds));
        System.out.println("MonotonyIT on " + jdk + " with " + collector + " and "
                + clock + ": "
                + outcome.out()
                        .lines()
                        .reduce((one, other) -> one + " " + other)
                        .orElse(""));
        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        assertThat(outcome.errLines()).isEmpty();
        assertThat(outcome.number("falls")).isZero();
    }
}
