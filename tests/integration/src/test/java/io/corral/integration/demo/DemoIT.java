package io.corral.integration.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the demo shows on each JDK. */
@Isolated("measures the process")
class DemoIT {

    static List<Jdk> jdks() {
        return Jdk.eachInFullRun();
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("jdks")
    void eachTenantIsChargedTheSameForAUnitOfWork(Jdk jdk) {
        assertThat(DemoRun.shared(jdk).number("spread")).isBetween(0.0, 0.05);
    }

    /** The end of a platform thread uses up to 200 us, which are unattributed. */
    @Tag("full")
    @ParameterizedTest
    @MethodSource("jdks")
    void onlyOnePercentOfTheProcessIsUnattributedBesidesTheEndOfThreads(Jdk jdk) {
        DemoRun run = DemoRun.shared(jdk);
        double onePercent = run.reconciliation("processCpuTime") / 100;
        assertThat(run.reconciliation("unattributedCpuTime"))
                .isBetween(-onePercent, onePercent + 200_000.0 * run.endedPlatformThreads());
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("jdks")
    void corralsOwnCpuTimeIsKnownAndASmallPartOfTheContainers(Jdk jdk) {
        DemoRun run = DemoRun.shared(jdk);
        assertThat(run.reconciliation("ownCpuTime"))
                .isPositive()
                .isLessThan(run.reconciliation("containerCpuTime") / 20);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void totalsOfTheRecordingEqualThoseOfTheApi(Jdk jdk) {
        DemoRun run = DemoRun.shared(jdk);
        assertThat(run.check().compared()).isGreaterThanOrEqualTo(8);
        assertThat(run.check().differences()).isEmpty();
    }

    /** A comma and a quote in the path must not end the JVM's option. */
    @Tag("full")
    @ParameterizedTest
    @MethodSource("jdks")
    void serviceWithoutAFilterHasNoTenants(Jdk jdk, @TempDir Path temporary) throws IOException {
        Path folder = Files.createDirectory(temporary.resolve("a, \"b\""));
        DemoRun run = DemoRun.runIn(folder, jdk, "--filter", "off", "--requests", "1");
        assertThat(run.outcome().out())
                .contains(" 48 requests, ", "/pools")
                .doesNotContain("warm-up", "/tenants", "acme", "endpoint:/", "A unit is");
        assertThat(folder.toFile().list())
                .containsExactlyInAnyOrder("demo.jfr", "demo.html", "demo.json");
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void tablesAndTheirExplanationsFitIn100Columns(Jdk jdk) {
        assertThat(DemoRun.shared(jdk)
                        .outcome()
                        .out()
                        .lines()
                        .dropWhile(line -> !line.startsWith("container "))
                        .takeWhile(line -> !line.startsWith("The report is ")))
                .hasSizeGreaterThan(30)
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void tableNamesTenantsEndpointsAndTheJvmsParts(Jdk jdk) {
        Stream.of(
                        "acme",
                        "globex",
                        "initech",
                        "orders",
                        "gc",
                        "jit",
                        "unattributed",
                        "process",
                        "Corral's hooks")
                .forEach(row ->
                        assertThat(DemoRun.shared(jdk).outcome().out()).containsIgnoringCase(row));
    }
}
