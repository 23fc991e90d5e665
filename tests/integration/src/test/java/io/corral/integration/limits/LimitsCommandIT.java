package io.corral.integration.limits;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import io.corral.integration.harness.RunningJvm;
import io.corral.integration.harness.ToolCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code corral limits}, which reads and changes the limits of a JVM over JMX. */
class LimitsCommandIT {

    private static final String FULL = "requests.max of /tenants/a is 0, in use 0";

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
    void limitsAreShownWithTheLineThatDecidesAndWhatTheyHaveDone(Jdk jdk) throws IOException {
        try (RunningJvm jvm = start(
                jdk,
                "limit /tenants/vip requests.max max",
                "limit /tenants/* fair weight 300 requests.max 0 mode monitor",
                "limit hierarchy endpoint /none fair")) {
            assertThat(limits(jdk, jvm).out())
                    .isEqualTo("no container of JVM " + jvm.pid() + " has a limit yet\n");
            ask(jvm, "admit /tenants/a");
            ask(jvm, "admit /tenants/vip");
            ForkedJvm.Outcome shown = limits(jdk, jvm);
            assertThat(shown.exitCode()).as(shown.toString()).isZero();
            String rules = "rules.conf";
            assertThat(words(shown.out()))
                    .containsExactly(
                            "CONTAINER LIMIT FROM NOW PEAK WAITING WAITED MEAN WAIT SHED OVER"
                                    + " WOULD",
                            "/tenants/a fair (monitor) " + rules + ":2 0 1 0 0 - 0 0 1",
                            "/tenants/a weight 300 " + rules + ":2",
                            "/tenants/a requests.max 0 (monitor) " + rules + ":2",
                            "/tenants/vip fair (monitor) " + rules + ":2 0 1 0 0 - 0 0 0",
                            "/tenants/vip weight 300 " + rules + ":2");
            assertThat(shown.err()).isEmpty();
            ForkedJvm.Outcome unmatched =
                    new ToolCommand(jdk, folder).run("rules", "check", Long.toString(jvm.pid()));
            assertThat(unmatched.out().strip())
                    .isEqualTo("rules.conf:3: no container has matched hierarchy endpoint /none of"
                            + " the limit");
        }
    }

    @ParameterizedTest
    @MethodSource("newest")
    void limitThatIsSetHoldsUntilItIsReset(Jdk jdk) throws IOException {
        try (RunningJvm jvm = start(jdk, "limit /tenants/* requests.max 5")) {
            ask(jvm, "admit /tenants/a");
            ForkedJvm.Outcome set =
                    limits(jdk, jvm, "set", "/tenants/a", "requests.max", "0", "wait", "1s");
            assertThat(words(set.out()))
                    .contains("/tenants/a requests.max 0 wait 1s command 0 1 0 0 - 0 0 0");
            // The main thread is no pool's worker, and does not wait.
            assertThat(ask(jvm, "admit /tenants/a")).isEqualTo(FULL);
            assertThat(ask(jvm, "admit /tenants/b")).isEqualTo("in /tenants/b");
            Files.writeString(folder.resolve("rules.conf"), "limit /tenants/* requests.max 6\n");
            jvm.errUntil("corral: 1 rule of rules.conf is in force");
            jvm.errUntil("corral: 1 rule of rules.conf is in force");
            assertThat(ask(jvm, "admit /tenants/a")).isEqualTo(FULL);
            assertThat(limits(jdk, jvm, "set", "/tenants/a", "requests.max", "max")
                            .out())
                    .contains("requests.max max");
            assertThat(ask(jvm, "limits /tenants/a")).startsWith(Long.MAX_VALUE + " ");
            assertThat(limits(jdk, jvm, "reset", "/tenants/a").out()).doesNotContain("command");
            assertThat(ask(jvm, "limits /tenants/a")).startsWith("6 ");
        }
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("newest")
    void offOpensAllLimitsUntilOn(Jdk jdk) throws IOException {
        try (RunningJvm jvm = start(jdk, "limit /tenants/* requests.max 0")) {
            assertThat(ask(jvm, "admit /tenants/a")).isEqualTo(FULL);
            assertThat(limits(jdk, jvm, "off").out())
                    .startsWith("all limits of JVM " + jvm.pid() + " are open; corral limits "
                            + jvm.pid() + " on puts them into force again\n");
            assertThat(ask(jvm, "admit /tenants/a")).isEqualTo("in /tenants/a");
            Map<String, Object> json =
                    JSON.std.mapFrom(limits(jdk, jvm, "on", "--json").out());
            assertThat(json).containsEntry("state", "on");
            Map<?, ?> row = (Map<?, ?>) ((List<?>) json.get("containers")).get(0);
            assertThat(row.get("path")).isEqualTo("/tenants/a");
            assertThat(row.get("shed")).isEqualTo(1);
            assertThat(row.get("admitted")).isEqualTo(1);
            assertThat(ask(jvm, "admit /tenants/a")).isEqualTo(FULL);
        }
    }

    /** No class for limits is initialized, also when JMX reads them. */
    @Tag("full")
    @ParameterizedTest
    @MethodSource("newest")
    void jvmWithoutLimitsSaysSoAndInitializesNothingForThem(Jdk jdk) throws IOException {
        Path classes = folder.resolve("classes.txt");
        Files.writeString(folder.resolve("rules.conf"), "thread a -> /b\n");
        try (RunningJvm jvm = ForkedJvm.on(jdk)
                .directory(folder.toFile())
                .agentArguments("rules=rules.conf")
                .flags("-Xlog:class+init:file=" + classes)
                .startMain(LimitsProgram.class)) {
            jvm.await("ready");
            assertThat(ask(jvm, "enter /tenants/a")).isEqualTo("in /tenants/a");
            assertError(limits(jdk, jvm), 1, "JVM " + jvm.pid() + " has no limits");
            assertError(limits(jdk, jvm, "off"), 1, "JVM " + jvm.pid() + " has no limits");
            assertThat(Files.readString(classes))
                    .contains("'io/corral/runtime/container/ContainerNode'")
                    .doesNotContain(
                            "'io/corral/runtime/control/Control'",
                            "'io/corral/runtime/control/Door'",
                            "'io/corral/events/jmx/LimitOperations'");
            ask(jvm, "admit /tenants/a");
            ForkedJvm.Outcome set = limits(jdk, jvm, "set", "/tenants/a", "weight", "7");
            assertThat(words(set.out())).contains("/tenants/a weight 7 command");
        }
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("newest")
    void wrongInputIsRefusedWithWhatIsValid(Jdk jdk) throws IOException {
        try (RunningJvm jvm = start(jdk, "limit /tenants/* requests.max 5")) {
            ask(jvm, "admit /tenants/a");
            assertError(
                    limits(jdk, jvm, "set", "/tenants/a", "requests.max", "-1"),
                    2,
                    "requests.max is \"-1\"; expected a number of requests from 0, or max for no"
                            + " limit");
            assertError(
                    limits(jdk, jvm, "set", "/tenants/a", "cpu.weight", "3"),
                    2,
                    "unknown control \"cpu.weight\"; expected fair, weight, cpu.max, requests.max,"
                            + " threads.max, wait or mode");
            assertError(
                    limits(jdk, jvm, "set", "/tenants/none", "fair"),
                    1,
                    "there is no container /tenants/none now; a limit in the rules file is for"
                            + " containers to come, too");
            assertError(
                    limits(jdk, jvm, "set", "/tenants/*", "fair"),
                    1,
                    "there is no container /tenants/*; expected the path of one container");
            assertError(
                    limits(jdk, jvm, "set", "hierarchy", "none", "/a", "fair"),
                    1,
                    "there is no hierarchy none");
            assertThat(limits(jdk, jvm, "set", "/tenants", "fair").exitCode()).isZero();
            assertError(
                    limits(jdk, jvm, "set", "/tenants/a", "fair"),
                    1,
                    "container main:/tenants/a can't be fair: /tenants above it is");
            assertError(
                    limits(jdk, jvm, "set", "/pools/x", "fair"),
                    2,
                    "/pools has places that Corral chooses, which can't be limited; expected"
                            + " another path");
            assertError(
                    limits(jdk, jvm, "sit"),
                    2,
                    "unknown action \"sit\"; expected show, set, reset, off or on; corral limits"
                            + " --help says what is valid");
        }
        try (RunningJvm jvm = ForkedJvm.on(jdk).withoutAgent().startMain(LimitsProgram.class)) {
            jvm.await("ready");
            assertError(
                    limits(jdk, jvm),
                    1,
                    "JVM " + jvm.pid() + " has no Corral; load it with corral attach " + jvm.pid());
        }
    }

    private static void assertError(ForkedJvm.Outcome outcome, int exitCode, String line) {
        assertThat(outcome.err().strip()).isEqualTo("corral: " + line);
        assertThat(outcome.exitCode()).isEqualTo(exitCode);
    }

    /** The lines, with one space between words. */
    private static List<String> words(String table) {
        return table.lines().map(line -> line.replaceAll(" +", " ")).toList();
    }

    private ForkedJvm.Outcome limits(Jdk jdk, RunningJvm jvm, String... words) {
        List<String> all = new ArrayList<>(List.of(Long.toString(jvm.pid())));
        all.addAll(List.of(words));
        return new ToolCommand(jdk, folder).run("limits", all.toArray(new String[0]));
    }

    private RunningJvm start(Jdk jdk, String... lines) throws IOException {
        Files.writeString(folder.resolve("rules.conf"), String.join("\n", lines) + "\n");
        RunningJvm jvm = ForkedJvm.on(jdk)
                .directory(folder.toFile())
                .agentArguments("log=info,rules=rules.conf")
                .startMain(LimitsProgram.class);
        jvm.await("ready");
        return jvm;
    }

    private static String ask(RunningJvm jvm, String question) {
        jvm.writeLine(question);
        return jvm.rest(question + ": ");
    }
}
