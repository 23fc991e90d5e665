package io.corral.integration.lateagent;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import io.corral.integration.harness.RunningJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code corral attach} loads the agent into running JVMs from another process. */
class AttachCommandIT {

    static final String RULES = String.join(
            "\n",
            "thread batch-* -> /batch/{1}",
            "thread tenant-* -> /tenants/{1}",
            "thread fresh-* -> /fresh",
            "");

    @TempDir
    Path folder;

    /** What the command printed. */
    private List<String> lastAnswer = List.of();

    static Stream<Jdk> jdks() {
        return Jdk.eachInFullRun().stream();
    }

    static Stream<Jdk> newest() {
        return Stream.of(Jdk.newest());
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void attachUnderLoadFailsNoRequestAndChargesEachContainer(Jdk jdk) throws IOException {
        Files.writeString(folder.resolve("rules.conf"), RULES);
        try (RunningJvm service = serviceOf(jdk).withoutAgent().startMain(AttachedService.class)) {
            service.await("warm");
            attachWithRules(jdk, folder, service);
            service.writeLine("go on");
            ForkedJvm.Outcome outcome = service.end();
            assertServed(outcome);
            for (String path : AttachedService.paths(jdk.hasVirtualThreads())) {
                assertThat(outcome.number(path)).as(path).isPositive();
            }
        }
    }

    static void attachWithRules(Jdk jdk, Path folder, RunningJvm service) {
        ForkedJvm.Outcome attached =
                new AttachCommand(jdk, folder).run(service.pid(), "rules=rules.conf");
        assertThat(attached.exitCode()).as(attached.toString()).isZero();
        assertThat(attached.out().lines())
                .hasSize(2)
                .contains("3 rules of " + folder.resolve("rules.conf") + " are in force")
                .anyMatch(line -> line.matches("active on JDK .*, clock exact, events on"));
    }

    static void assertServed(ForkedJvm.Outcome outcome) {
        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        assertThat(outcome.errLines()).isEmpty();
        assertThat(outcome.value("active")).isEqualTo("true");
        assertThat(outcome.number("failed")).isZero();
        assertThat(outcome.number("answered")).isPositive();
    }

    static ForkedJvm serviceOf(Jdk jdk) {
        ForkedJvm jvm = ForkedJvm.on(jdk);
        return jdk.hasVirtualThreads() ? jvm.flags("-XX:+EnableDynamicAgentLoading") : jvm;
    }

    /** The page about the start: the JVM's warnings, and with log=info the command's lines. */
    @Tag("full")
    @ParameterizedTest
    @MethodSource("newest")
    void targetPrintsTheWarningsOfTheJvmAndWithLogInfoTheLinesOfTheCommand(Jdk jdk)
            throws IOException {
        Files.writeString(folder.resolve("rules.conf"), RULES);
        assertThat(printedByTarget(jdk, "rules=rules.conf"))
                .hasSize(4)
                .allMatch(line -> line.startsWith("WARNING: "));
        List<String> printed = printedByTarget(jdk, "rules=rules.conf", "log=info");
        assertThat(printed.subList(0, 4)).allMatch(line -> line.startsWith("WARNING: "));
        assertThat(printed.subList(4, printed.size()))
                .hasSize(2)
                .containsExactlyElementsOf(
                        lastAnswer.stream().map(line -> "corral: " + line).toList());
    }

    /** The lines on the standard error of a JVM that the agent is loaded into. */
    private List<String> printedByTarget(Jdk jdk, String... options) {
        try (RunningJvm jvm = ForkedJvm.on(jdk).withoutAgent().startMain(AttachTarget.class)) {
            jvm.await("ready");
            lastAnswer = new AttachCommand(jdk, folder)
                    .run(jvm.pid(), options)
                    .out()
                    .lines()
                    .toList();
            jvm.writeLine("end");
            return jvm.end().errLines();
        }
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("newest")
    void secondAttachChangesOptionsAndReportsFixedOnes(Jdk jdk) throws IOException {
        try (RunningJvm jvm = serviceOf(jdk).withoutAgent().startMain(AttachTarget.class)) {
            jvm.await("ready");
            Files.writeString(folder.resolve("first.conf"), "thread t -> /first\n");
            assertThat(attach(jdk, jvm, "rules=first.conf", "jfr=off"))
                    .contains("1 rule of " + folder.resolve("first.conf") + " is in force");
            jvm.writeLine("place t");
            jvm.await("place=/first");
            assertOptionsChange(jdk, jvm);
            assertEventsComeWithTheNewPeriod(jdk, jvm);
            jvm.writeLine("end");
            assertThat(jvm.end().errLines())
                    .containsExactly(
                            "corral: option clock stays exact: running threads keep their clock;"
                                    + " restart the JVM to change it",
                            "corral: option enabled takes effect at a JVM's start only: woven code"
                                    + " stays",
                            "corral: option training takes effect at a JVM's start only: woven code"
                                    + " stays",
                            "corral: option jfr stays on: registered events stay; switch them"
                                    + " off in the recording");
        }
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("newest")
    void attachActivatesAnAgentDisabledAtTheStart(Jdk jdk) throws IOException {
        try (RunningJvm jvm =
                serviceOf(jdk).agentArguments("enabled=false").startMain(AttachTarget.class)) {
            jvm.await("ready");
            assertThat(attach(jdk, jvm)).last().asString().startsWith("active on JDK ");
            assertEventsComeWithTheNewPeriod(jdk, jvm);
            jvm.writeLine("end");
            assertThat(jvm.end().errLines())
                    .singleElement()
                    .asString()
                    .startsWith("corral: option jfr stays on");
        }
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("newest")
    void attachToAnAgentFromTheStartChangesOptions(Jdk jdk) throws IOException {
        Path jar = Files.copy(Path.of(ForkedJvm.agentJar()), folder.resolve("agent.jar"));
        ForkedJvm service = serviceOf(jdk).withoutAgent().flags("-javaagent:" + jar + "=jfr=off");
        try (RunningJvm jvm = service.startMain(AttachTarget.class)) {
            jvm.await("ready");
            jvm.writeLine("place t");
            jvm.await("place=/threads/t");
            assertOptionsChange(jdk, jvm);
            // The recording has events by now.
            Files.delete(jar);
            assertEventsComeWithTheNewPeriod(jdk, jvm);
            jvm.writeLine("end");
            assertThat(jvm.end().errLines()).hasSize(4);
        }
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("newest")
    void tasksOfPoolClassesLoadedAfterTheAgentKeepTheirSubmitter(Jdk jdk) {
        try (RunningJvm jvm = serviceOf(jdk).withoutAgent().startMain(AttachTarget.class)) {
            jvm.await("ready");
            assertThat(attach(jdk, jvm)).hasSize(1);
            assertTasksRunAt(jvm, "/submitter", "/submitter");
            assertThat(attach(jdk, jvm, "handover=off")).hasSize(1);
            assertTasksRunAt(jvm, "/pools/pool-2-thread", "/pools/Timer");
            assertThat(attach(jdk, jvm, "handover=on")).hasSize(1);
            assertTasksRunAt(jvm, "/submitter", "/submitter");
        }
    }

    private static void assertTasksRunAt(RunningJvm jvm, String pool, String timer) {
        jvm.writeLine("tasks");
        assertThat(jvm.until("done"))
                .containsExactlyInAnyOrder("pool=" + pool, "timer=" + timer, "done");
    }

    private void assertOptionsChange(Jdk jdk, RunningJvm jvm) throws IOException {
        Files.writeString(folder.resolve("second.conf"), "thread t -> /second\n");
        assertThat(attach(jdk, jvm, "rules=second.conf,clock=adaptive"))
                .containsExactly(
                        "option clock stays exact: running threads keep their clock; restart the"
                                + " JVM to change it",
                        "1 rule of " + folder.resolve("second.conf") + " is in force",
                        active(jdk, jvm, "off"));
        jvm.writeLine("place t");
        jvm.await("place=/second");
        Files.writeString(
                folder.resolve("third.conf"), "enter io.corral.integration.None#none -> /none\n");
        assertThat(attach(jdk, jvm, "rules=third.conf")).last().isEqualTo(active(jdk, jvm, "off"));
        assertThat(attach(jdk, jvm))
                .containsExactly(
                        folder.resolve("third.conf")
                                + ":1: the rule for io.corral.integration.None#none matched no"
                                + " method: no loaded class of the application has such a method"
                                + " and a body for it; name the class that has the"
                                + " body, or append + to match its subtypes",
                        active(jdk, jvm, "off"));
        assertThat(attach(jdk, jvm, "rules=none"))
                .containsExactly("no rules are in force", active(jdk, jvm, "off"));
        assertThat(attach(jdk, jvm, "enabled=false,training=true"))
                .containsExactlyInAnyOrder(
                        "option enabled takes effect at a JVM's start only: woven code stays",
                        "option training takes effect at a JVM's start only: woven code stays",
                        active(jdk, jvm, "off"));
        jvm.writeLine("place t");
        jvm.await("place=/threads/t");
        assertThat(attach(jdk, jvm, "placement=inherit")).containsExactly(active(jdk, jvm, "off"));
        jvm.writeLine("place t");
        jvm.await("place=/");
    }

    private void assertEventsComeWithTheNewPeriod(Jdk jdk, RunningJvm jvm) {
        assertThat(attach(jdk, jvm, "jfr=on", "period=500ms"))
                .containsExactly(
                        "option period is in force for recordings that start from now on",
                        active(jdk, jvm, "on"));
        jvm.writeLine("events");
        jvm.await("period=500 ms");
        jvm.await("totals=true");
        assertThat(attach(jdk, jvm, "jfr=off"))
                .containsExactly(
                        "option jfr stays on: registered events stay; switch them off in the"
                                + " recording",
                        active(jdk, jvm, "on"));
        assertThat(attach(jdk, jvm, "period=300ms")).hasSize(2);
        jvm.writeLine("events");
        jvm.await("period=300 ms");
    }

    private static String active(Jdk jdk, RunningJvm jvm, String events) {
        return "already active on " + jdk + ", clock exact, events " + events;
    }

    /** @return the command's output, with the JVM's version cut to the feature number */
    private List<String> attach(Jdk jdk, RunningJvm jvm, String... options) {
        ForkedJvm.Outcome outcome = new AttachCommand(jdk, folder).run(jvm.pid(), options);
        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        assertThat(outcome.err()).isEmpty();
        return outcome.out()
                .lines()
                .map(line -> line.replaceFirst("on JDK (\\d+)[^,]*,", "on JDK $1,"))
                .toList();
    }
}
