package io.corral.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.it.harness.Jdk;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the demo shows, after its warm-up, on each JDK. */
class DemoIT {

    static List<Jdk> jdks() {
        return Jdk.all();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void aUnitOfWorkCostsEachTenantTheSame(Jdk jdk) {
        assertThat(DemoRun.on(jdk).number("spread")).isBetween(0.0, 0.05);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void lessThanOnePercentOfTheProcessIsUnattributed(Jdk jdk) {
        assertThat(DemoRun.on(jdk).number("unattributed")).isBetween(-0.01, 0.01);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void whatCorralItselfSpendsIsAKnownSmallPartOfTheContainers(Jdk jdk) {
        DemoRun run = DemoRun.on(jdk);
        assertThat(run.number("ownCpuNanos"))
                .isPositive()
                .isLessThan(run.number("containerCpuNanos") / 20);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void recordingSaysWhatTheApiSaid(Jdk jdk) {
        DemoRun run = DemoRun.on(jdk);
        assertThat(run.number("compared")).isGreaterThanOrEqualTo(8);
        assertThat(run.hasNoDifferences()).describedAs(run.json()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void tableNamesTenantsEndpointsAndWhatTheJvmUsed(Jdk jdk) {
        Stream.of(
                        "acme",
                        "globex",
                        "initech",
                        "orders",
                        "gc",
                        "jit",
                        "teardown",
                        "unattributed",
                        "process",
                        "Corral's hooks")
                .forEach(row ->
                        assertThat(DemoRun.on(jdk).outcome().out()).containsIgnoringCase(row));
    }
}
