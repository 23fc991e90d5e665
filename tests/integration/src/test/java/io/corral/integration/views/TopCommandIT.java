package io.corral.integration.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.jr.ob.JSON;
import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import io.corral.integration.harness.RunningJvm;
import io.corral.integration.harness.ToolCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code corral ls} and {@code corral top}, without a terminal. */
class TopCommandIT {

    @TempDir
    Path folder;

    static Stream<Jdk> jdks() {
        return Jdk.eachInFullRun().stream();
    }

    static Stream<Jdk> newest() {
        return Stream.of(Jdk.newest());
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void topShowsTheSharesOfThreeTenants(Jdk jdk) throws IOException {
        try (RunningJvm jvm = ForkedJvm.on(jdk).startMain(TopProgram.class)) {
            jvm.await("ready");
            ForkedJvm.Outcome top = run(jdk, "top", jvm, "-b", "-n", "3", "--json");
            assertThat(top.exitCode()).as(top.toString()).isZero();
            List<String> lines = top.out().lines().toList();
            assertThat(lines).hasSize(3);
            Map<String, Object> last = JSON.std.mapFrom(lines.get(2));
            double acme = cpuNanos(last, "/tenants/acme");
            assertThat(cpuNanos(last, "/tenants/globex") / acme).isCloseTo(2, within(0.1));
            assertThat(cpuNanos(last, "/tenants/initech") / acme).isCloseTo(3, within(0.15));
            jvm.writeLine("end");
            assertThat(jvm.end().err()).isEmpty();
        }
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("newest")
    void containersAreSortedByTheirCpuTime(Jdk jdk) {
        try (RunningJvm jvm = ForkedJvm.on(jdk).startMain(TopProgram.class)) {
            jvm.await("ready");
            ForkedJvm.Outcome top = run(jdk, "top", jvm, "/tenants", "-n", "1");
            assertThat(top.out().lines().map(line -> line.trim().split(" ", 2)[0]))
                    .containsExactly(
                            "process", "CONTAINER", "tenants", "initech", "globex", "acme", "");
            ForkedJvm.Outcome ls = run(jdk, "ls", jvm, "/tenants", "--depth", "0");
            assertThat(ls.out().lines().map(line -> line.trim().split(" ", 2)[0]))
                    .containsExactly("CONTAINER", "tenants");
        }
    }

    @ParameterizedTest
    @MethodSource("newest")
    void lsReadsARecording(Jdk jdk) {
        Path file = folder.resolve("run.jfr");
        ForkedJvm.on(jdk)
                .flags("-XX:StartFlightRecording=filename=" + file)
                .runMain(NoMBeanServerProgram.class);
        ForkedJvm.Outcome ls = new ToolCommand(jdk, folder).run("ls", file.toString());
        assertThat(ls.exitCode()).as(ls.toString()).isZero();
        assertThat(ls.out()).contains("CONTAINER").contains("  jvm ");
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("newest")
    void topReadsTheRatesOfARecording(Jdk jdk) throws IOException {
        Path file = folder.resolve("rates.jfr");
        try (RunningJvm jvm = ForkedJvm.on(jdk)
                .flags("-XX:StartFlightRecording=filename=" + file)
                .startMain(TopProgram.class)) {
            jvm.await("ready");
            jvm.writeLine("end");
            jvm.end();
        }
        ForkedJvm.Outcome top =
                new ToolCommand(jdk, folder).run("top", "-b", "--json", file.toString());
        assertThat(top.exitCode()).as(top.toString()).isZero();
        Map<String, Object> rates = JSON.std.mapFrom(top.out());
        assertThat((Double) rates.get("seconds")).isPositive();
        // The events of the file are in no order.
        Map<?, ?> first = (Map<?, ?>) ((List<?>) rates.get("containers")).get(0);
        assertThat(first.get("path")).isEqualTo("/");
        double acme = cpuPercent(rates, "/tenants/acme");
        assertThat(acme).isPositive();
        assertThat(cpuPercent(rates, "/tenants/initech") / acme).isCloseTo(3, within(0.15));
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("newest")
    void anotherHierarchyShowsTheJvmsOwnThreadsToo(Jdk jdk) throws IOException {
        Path file = folder.resolve("other.jfr");
        ForkedJvm.Outcome live;
        try (RunningJvm jvm = ForkedJvm.on(jdk)
                .flags("-XX:StartFlightRecording=filename=" + file)
                .startMain(TopProgram.class, "endpoint")) {
            jvm.await("ready");
            live = run(jdk, "top", jvm, "-H", "endpoint", "--json");
            jvm.writeLine("end");
            jvm.end();
        }
        ForkedJvm.Outcome recorded = new ToolCommand(jdk, folder)
                .run("top", "-H", "endpoint", "--json", file.toString());
        for (ForkedJvm.Outcome top : List.of(live, recorded)) {
            assertThat(top.exitCode()).as(top.toString()).isZero();
            Map<String, Object> rates = JSON.std.mapFrom(top.out());
            Map<?, ?> process = (Map<?, ?>) rates.get("process");
            assertThat((Double) process.get("gcPercent")).isNotNegative();
            assertThat((Double) process.get("jitPercent")).isNotNegative();
            assertThat(cpuPercent(rates, "/")).isPositive();
        }
        // The root has what was used before the hierarchy was made.
        ForkedJvm.Outcome main = new ToolCommand(jdk, folder).run("top", "--json", file.toString());
        assertThat(used(JSON.std.mapFrom(recorded.out())))
                .isCloseTo(used(JSON.std.mapFrom(main.out())), withinPercentage(0.1));
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("newest")
    void inputThatCannotBeShownPrintsOneLine(Jdk jdk) {
        try (RunningJvm jvm = ForkedJvm.on(jdk).startMain(TopProgram.class)) {
            jvm.await("ready");
            assertError(
                    run(jdk, "ls", jvm, "/nothing"),
                    "JVM " + jvm.pid() + " TopProgram has no container /nothing in the hierarchy"
                            + " main");
            assertError(
                    run(jdk, "top", jvm, "-H", "other"),
                    "JVM " + jvm.pid() + " has no hierarchy other; it has main");
        }
        try (RunningJvm jvm = ForkedJvm.on(jdk).withoutAgent().startMain(TopProgram.class)) {
            jvm.await("ready");
            assertError(
                    run(jdk, "top", jvm),
                    "JVM " + jvm.pid() + " has no Corral; load it with corral attach " + jvm.pid());
        }
        assertError(
                new ToolCommand(jdk, folder).run("ls", "no.jfr"),
                "there is no file no.jfr; expected the process ID of a JVM, a flight"
                        + " recording, or a URL such as http://127.0.0.1:9464");
    }

    private static void assertError(ForkedJvm.Outcome outcome, String message) {
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.errLines()).containsExactly("corral: " + message);
    }

    private ForkedJvm.Outcome run(Jdk jdk, String command, RunningJvm jvm, String... words) {
        String[] all = Stream.concat(Stream.of(Long.toString(jvm.pid())), Stream.of(words))
                .toArray(String[]::new);
        return new ToolCommand(jdk, folder).run(command, all);
    }

    private static double cpuNanos(Map<String, Object> reading, String path) {
        return number(reading, path, "cpuNanos");
    }

    /** What all containers have used in the time that the rates are of. */
    private static double used(Map<String, Object> rates) {
        return cpuPercent(rates, "/") * (Double) rates.get("seconds");
    }

    private static double cpuPercent(Map<String, Object> reading, String path) {
        return number(reading, path, "cpuPercent");
    }

    private static double number(Map<String, Object> reading, String path, String name) {
        for (Object each : (List<?>) reading.get("containers")) {
            Map<?, ?> container = (Map<?, ?>) each;
            if (container.get("path").equals(path)) {
                return ((Number) container.get(name)).doubleValue();
            }
        }
        throw new IllegalStateException("no " + path + " in " + reading);
    }
}
