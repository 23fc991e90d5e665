package io.corral.integration.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import io.corral.integration.harness.RunningJvm;
import io.corral.integration.harness.Scenarios;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lines with {@code limit} in the rules file of a JVM that runs. */
class LimitsIT {

    private static final String ENTER =
            "enter io.corral.integration.limits.LimitsProgram$Service#serve -> /tenants/{0}";

    @TempDir
    Path folder;

    private Path rules;

    static Stream<Jdk> jdks() {
        return Jdk.eachInFullRun().stream();
    }

    static Stream<Jdk> newest() {
        return Stream.of(Jdk.newest());
    }

    @TestFactory
    Stream<DynamicNode> waitingPools() {
        return Scenarios.of(WaitingPoolScenarios.class).onNewestJdk();
    }

    @BeforeEach
    void setRulesFile() {
        rules = folder.resolve("rules.conf");
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void patternLimitsEachChildAndAParentLimitsAllOfThem(Jdk jdk) throws IOException {
        try (RunningJvm jvm =
                start(jdk, "limit /tenants/* requests.max 1", "limit /tenants requests.max 2")) {
            assertThat(ask(jvm, "keep /tenants/a")).isEqualTo("open");
            assertThat(ask(jvm, "admit /tenants/a"))
                    .isEqualTo("requests.max of /tenants/a is 1, in use 1");
            assertThat(ask(jvm, "admit /tenants/a/below"))
                    .isEqualTo("requests.max of /tenants/a is 1, in use 1");
            assertThat(ask(jvm, "admit /tenants/b")).isEqualTo("in /tenants/b");
            assertThat(ask(jvm, "keep /tenants/b")).isEqualTo("open");
            assertThat(ask(jvm, "admit /tenants/c"))
                    .isEqualTo("requests.max of /tenants is 2, in use 2");
            assertThat(ask(jvm, "admit /jobs/c")).isEqualTo("in /jobs/c");
            assertThat(ask(jvm, "close all")).isEqualTo("closed");
            assertThat(ask(jvm, "admit /tenants/a")).isEqualTo("in /tenants/a");
            assertThat(ask(jvm, "stat /tenants/a"))
                    .isEqualTo(
                            "requests 0 waiting 0 admitted 2 waited 0 shed 2 over 0 wouldShed 0");
            assertThat(ask(jvm, "stat /tenants")).startsWith("requests 0 waiting 0 ");
        }
    }

    /** The same requests without the lines. */
    @ParameterizedTest
    @MethodSource("newest")
    void withoutLimitsEachRequestIsLetIn(Jdk jdk) throws IOException {
        try (RunningJvm jvm = start(jdk, "-> /rest")) {
            assertThat(ask(jvm, "keep /tenants/a")).isEqualTo("open");
            assertThat(ask(jvm, "admit /tenants/a")).isEqualTo("in /tenants/a");
            assertThat(ask(jvm, "stat /tenants/a"))
                    .isEqualTo(
                            "requests 0 waiting 0 admitted 0 waited 0 shed 0 over 0 wouldShed 0");
        }
    }

    @ParameterizedTest
    @MethodSource("newest")
    void monitorCountsWhatTheLimitWouldHaveDone(Jdk jdk) throws IOException {
        try (RunningJvm jvm = start(jdk, "limit /tenants/* requests.max 1 mode monitor")) {
            assertThat(ask(jvm, "keep /tenants/a")).isEqualTo("open");
            assertThat(ask(jvm, "admit /tenants/a")).isEqualTo("in /tenants/a");
            assertThat(ask(jvm, "stat /tenants/a"))
                    .isEqualTo(
                            "requests 1 waiting 0 admitted 2 waited 0 shed 0 over 0 wouldShed 1");
        }
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("newest")
    void newVersionsOfTheFileUnderLoadKeepAllCounts(Jdk jdk) throws IOException {
        try (RunningJvm jvm = start(jdk, "limit /tenants/* requests.max 3")) {
            assertThat(ask(jvm, "reload " + rules))
                    .isEqualTo("most 3 left 0 exact true refused true");
            assertThat(jvm.errUntil("corral: 1 rule of " + rules + " is in force"))
                    .isNotEmpty();
        }
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("jdks")
    void limitsThatCodeChangesUnderLoadKeepAllCounts(Jdk jdk) throws IOException {
        try (RunningJvm jvm = start(jdk, "limit /tenants/* requests.max 3")) {
            assertThat(ask(jvm, "set /tenants/a"))
                    .isEqualTo("most 3 left 0 exact true refused true");
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void methodWaitsOnlyIfItsRuleSaysSo(Jdk jdk) throws IOException {
        String limit = "limit /tenants/* requests.max 1 wait 1m";
        try (RunningJvm jvm = start(jdk, ENTER + " wait", limit)) {
            ask(jvm, "keep /tenants/a");
            ask(jvm, "call a");
            assertThat(ask(jvm, "waiting /tenants/a")).isEqualTo("1");
            assertThat(ask(jvm, "stat /tenants/a")).contains("requests 1 waiting 1 ");
            ask(jvm, "close all");
            assertThat(ask(jvm, "called next")).isEqualTo("/tenants/a");
            assertThat(ask(jvm, "stat /tenants/a")).contains(" waited 1 shed 0 over 0 ");
        }
        try (RunningJvm jvm = start(jdk, ENTER, limit)) {
            ask(jvm, "keep /tenants/a");
            ask(jvm, "call a");
            assertThat(ask(jvm, "called next")).isEqualTo("/tenants/a");
            assertThat(ask(jvm, "stat /tenants/a")).contains(" waited 0 shed 0 over 1 ");
        }
    }

    @ParameterizedTest
    @MethodSource("newest")
    void requestThatWaitsIsLetInWhenTheFileLiftsTheLimit(Jdk jdk) throws IOException {
        try (RunningJvm jvm =
                start(jdk, ENTER + " wait", "limit /tenants/* requests.max 1 wait 1m")) {
            ask(jvm, "keep /tenants/a");
            ask(jvm, "call a");
            ask(jvm, "waiting /tenants/a");
            Files.writeString(rules, ENTER + " wait\nlimit /tenants/* requests.max 2 wait 1m\n");
            assertThat(ask(jvm, "called next")).isEqualTo("/tenants/a");
            ask(jvm, "call a");
            assertThat(ask(jvm, "called next")).isEqualTo("/tenants/a");
            ask(jvm, "keep /tenants/a");
            ask(jvm, "call a");
            ask(jvm, "waiting /tenants/a");
            Files.writeString(rules, ENTER + " wait\n");
            assertThat(ask(jvm, "called next")).isEqualTo("/tenants/a");
            ask(jvm, "close all");
            assertThat(ask(jvm, "stat /tenants/a")).startsWith("requests 0 waiting 0 ");
        }
    }

    @ParameterizedTest
    @MethodSource("newest")
    void requestThatWaitsAtTheDoorOfARemovedContainerIsLetInWhenItIsFree(Jdk jdk)
            throws IOException {
        try (RunningJvm jvm =
                start(jdk, ENTER + " wait", "limit /tenants/* requests.max 1 wait 1m")) {
            ask(jvm, "keep /tenants/a");
            ask(jvm, "call a");
            ask(jvm, "waiting /tenants/a");
            assertThat(ask(jvm, "remove /tenants/a")).isEqualTo("removed");
            assertThat(ask(jvm, "stat /tenants/a")).startsWith("requests 0 waiting 0 admitted 0 ");
            assertThat(ask(jvm, "admit /tenants/a")).isEqualTo("in /tenants/a");
            ask(jvm, "close all");
            // As any scope of a removed container, it shows the one above.
            assertThat(ask(jvm, "called next")).isEqualTo("/tenants");
            assertThat(ask(jvm, "stat /tenants/a")).startsWith("requests 0 waiting 0 admitted 1 ");
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void agentThatIsAttachedLatePutsLimitsIntoForce(Jdk jdk) throws IOException {
        Files.writeString(rules, "limit /tenants/* requests.max 0\n");
        try (RunningJvm jvm = ForkedJvm.on(jdk)
                .attachingItself()
                .startMain(LimitsProgram.class, ForkedJvm.agentJar(), "rules=" + rules)) {
            jvm.await("ready");
            assertThat(ask(jvm, "admit /tenants/a"))
                    .isEqualTo("requests.max of /tenants/a is 0, in use 0");
        }
    }

    @ParameterizedTest
    @MethodSource("newest")
    void withoutTheAgentOnlyRequestsThatCodeAdmitsAreLimited(Jdk jdk) {
        try (RunningJvm jvm = ForkedJvm.on(jdk).withoutAgent().startMain(LimitsProgram.class)) {
            jvm.await("ready");
            assertThat(ask(jvm, "zero /tenants/a")).isEqualTo("0");
            assertThat(ask(jvm, "admit /tenants/a"))
                    .isEqualTo("requests.max of /tenants/a is 0, in use 0");
            assertThat(ask(jvm, "enter /tenants/a")).isEqualTo("in /tenants/a");
            jvm.closeInput();
            assertThat(jvm.end().err()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("newest")
    void fileWithAnErrorLeavesTheLimitsAsTheyWere(Jdk jdk) throws IOException {
        try (RunningJvm jvm = start(jdk, "limit /tenants/* requests.max 7")) {
            Files.writeString(
                    rules,
                    String.join(
                            "\n",
                            "limit /tenants/* requests.max 8",
                            "limit /tenants/* cpu.max 20",
                            "limit /tenants/acme requests.max 9",
                            ""));
            List<String> lines = jvm.errUntil("corral: the rules in " + rules
                    + " are not in force: the rules stay as they were");
            assertThat(lines)
                    .contains(
                            "corral: " + rules + ":2:26: cpu.max is \"20\" without a unit; expected"
                                    + " a share of one CPU as in 20%, QUOTA PERIOD in microseconds,"
                                    + " or max for no limit",
                            "corral: " + rules + ":3:21: unreachable: line 1 already decides"
                                    + " requests.max for these containers");
            assertThat(ask(jvm, "limits /tenants/acme")).startsWith("7 100 Infinity false ");
        }
    }

    private RunningJvm start(Jdk jdk, String... lines) throws IOException {
        Files.writeString(rules, String.join("\n", lines) + "\n");
        RunningJvm jvm = ForkedJvm.on(jdk)
                .agentArguments("log=info,rules=" + rules)
                .startMain(LimitsProgram.class);
        jvm.await("ready");
        return jvm;
    }

    private static String ask(RunningJvm jvm, String question) {
        jvm.writeLine(question);
        return jvm.rest(question + ": ");
    }
}
