package io.corral.integration.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import io.corral.integration.harness.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A rules file, in a JVM whose threads it places. */
class RulesIT {

    private static final String RULES = String.join(
            "\n",
            "# where threads belong",
            "kind virtual thread batch-*-* -> /virtual/{1}",
            "thread batch-*-* -> /batch/{1}",
            "thread ignored -> ignore",
            "thread evil:* -> /evil/{1}",
            "class *OwnThread -> /own/{class}",
            "thread inherits-* -> inherit",
            "thread another -> hierarchy origin /elsewhere",
            "thread * kind platform -> hierarchy origin /here");

    @TempDir
    Path folder;

    private Path rules;

    static Stream<Jdk> jdks() {
        return Jdk.eachInFullRun().stream();
    }

    static Stream<Jdk> newest() {
        return Stream.of(Jdk.newest());
    }

    @BeforeEach
    void setRulesFile() {
        rules = folder.resolve("rules.conf");
    }

    @Scenario({16, 105})
    @ParameterizedTest
    @MethodSource("jdks")
    void firstRuleOfEachHierarchyPlacesAThread(Jdk jdk) throws IOException {
        Files.writeString(rules, RULES);
        ForkedJvm.Outcome outcome = run(jdk, "places");
        assertThat(outcome.value("named")).isEqualTo("/batch/orders /here");
        assertThat(outcome.value("other")).isEqualTo("/parent /elsewhere");
        assertThat(outcome.value("ignored")).isEqualTo("/parent /here");
        assertThat(outcome.value("own")).isEqualTo("/own/RulesProgram$OwnThread /here");
        assertThat(outcome.value("worker")).isEqualTo("/parent /here");
        assertThat(outcome.value("bad")).isEqualTo("/parent /here");
        if (jdk.hasVirtualThreads()) {
            assertThat(outcome.value("virtual")).isEqualTo("/virtual/orders /here");
        }
        assertThat(outcome.value("main")).isEqualTo("/");
        assertThat(outcome.errLines())
                .containsExactly("corral: " + rules
                        + ":5: thread \"evil:../..\" is placed as if this rule were not there"
                        + " (logged once): {1} gives a name with a '/'");
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("newest")
    void faultsInRulesAreReportedAndThreadsArePlacedByDefault(Jdk jdk) throws IOException {
        Files.writeString(rules, "thread a kind virt -> /x\nthread batch-* -> /batch/{2}\n");
        ForkedJvm.Outcome outcome = run(jdk, "places");
        assertThat(outcome.value("named")).isEqualTo("/parent /");
        assertThat(outcome.value("worker")).isEqualTo("/pools/inherits /");
        assertThat(outcome.errLines())
                .containsExactly(
                        "corral: " + rules
                                + ":1:15: unknown thread kind \"virt\"; expected platform, virtual"
                                + " or any",
                        "corral: " + rules
                                + ":2:26: {2} where 1 part is captured; expected a star in a glob"
                                + " or a group in an expression for each",
                        "corral: the rules in " + rules + " are not in force: placed by default");
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void lateRuleAttachesAThreadThatRenamesItself(Jdk jdk) throws IOException {
        Files.writeString(
                rules,
                "thread conn-* late -> /connections/{1}\n"
                        + "thread conn-* -> hierarchy origin /early\n");
        ForkedJvm.Outcome outcome = run(jdk, "late");
        for (String kind :
                jdk.hasVirtualThreads() ? List.of("PLATFORM", "VIRTUAL") : List.of("PLATFORM")) {
            assertThat(outcome.value(kind + ".before")).isEqualTo("/parent");
            assertThat(outcome.value(kind + ".named")).isEqualTo("/connections/7");
            assertThat(outcome.value(kind + ".again")).isEqualTo("/connections/7");
        }
        assertThat(outcome.value("other")).isEqualTo("/parent");
        assertThat(outcome.errLines()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("newest")
    void missingFilePrintsOneLine(Jdk jdk) {
        ForkedJvm.Outcome outcome = run(jdk, "places");
        assertThat(outcome.value("named")).isEqualTo("/parent /");
        assertThat(outcome.errLines())
                .containsExactly("corral: can't read the rules in " + rules + ": " + rules
                        + " (No such file or directory); placed by default");
    }

    @ParameterizedTest
    @MethodSource("newest")
    void valuesBeyondTheCapGoToOther(Jdk jdk) throws IOException {
        Files.writeString(rules, "thread batch-*-* -> /batch/{1}\n");
        ForkedJvm.Outcome outcome = run(jdk, "many");
        assertThat(outcome.number("children")).isEqualTo(1_001);
        assertThat(outcome.number("other")).isEqualTo(200);
        assertThat(outcome.errLines())
                .containsExactly("corral: " + rules
                        + ":1: there is no room for more containers in main:/batch, and none may"
                        + " give way; further values go to \"other\" until one may (options places"
                        + " and idle, logged once)");
    }

    @ParameterizedTest
    @MethodSource("newest")
    void snapshotHoldsNoLockDuringACallbackForANewContainer(Jdk jdk) throws IOException {
        Files.writeString(rules, "thread unseen-* loader app* -> /unseen/{1}\n");
        ForkedJvm.Outcome outcome = run(jdk, "snapshot");
        assertThat(outcome.value("taken")).isEqualTo("true");
        assertThat(outcome.value("unseen")).isEqualTo("/unseen/thread");
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("jdks")
    void workersWithHandOverOffByRuleKeepTheirTasks(Jdk jdk) throws IOException {
        Files.writeString(rules, "handover kept-* -> off\nhandover * -> on\n");
        ForkedJvm.Outcome outcome = run(jdk, "handover");
        for (String way : List.of("", ".scheduled", ".joining", ".dependent", ".timed")) {
            assertThat(outcome.value("kept" + way)).as(way).isEqualTo("/pools/kept");
            assertThat(outcome.value("given" + way)).as(way).isEqualTo("/parent");
        }
        assertThat(outcome.errLines()).isEmpty();
    }

    @Scenario(106)
    @ParameterizedTest
    @MethodSource("newest")
    void changedRulesAreReloadedAndFaultyOnesChangeNothing(Jdk jdk) throws IOException {
        Files.writeString(rules, "thread t -> /first\n");
        ForkedJvm.Outcome outcome = run(jdk, "reload", rules.toString());
        assertThat(outcome.value("before")).isEqualTo("/first /");
        assertThat(outcome.value("broken")).isEqualTo("/second /");
        assertThat(outcome.value("gone")).isEqualTo("/second /");
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.errLines())
                .containsExactly(
                        "corral: " + rules
                                + ":1:10: unknown condition \"to\"; a pattern with a space stands"
                                + " in quotation marks; expected thread, class, task, group,"
                                + " loader, origin, starter, pool, kind, late or ->",
                        "corral: the rules in " + rules
                                + " are not in force: the rules stay as they were",
                        "corral: can't read the rules in " + rules + ": " + rules
                                + " (No such file or directory); the rules stay as they were");
    }

    private ForkedJvm.Outcome run(Jdk jdk, String... arguments) {
        return ForkedJvm.on(jdk)
                .agentArguments("rules=" + rules)
                .runMain(RulesProgram.class, arguments);
    }
}
