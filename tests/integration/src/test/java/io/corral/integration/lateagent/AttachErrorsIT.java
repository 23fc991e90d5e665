package io.corral.integration.lateagent;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import io.corral.integration.harness.RunningJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** If {@code corral attach} fails, it prints one line with the reason and what to do. */
class AttachErrorsIT {

    private static final int NOT_ACTIVE = 1;
    private static final int MISUNDERSTOOD = 2;

    /** A process id above the range of Linux. */
    private static final long UNUSED_PID = 1L << 30;

    @TempDir
    Path folder;

    static Stream<Jdk> jdks() {
        return Jdk.eachInFullRun().stream();
    }

    static Stream<Jdk> newest() {
        return Stream.of(Jdk.newest());
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("newest")
    void invalidArgumentsPrintOneLineAndAttachToNoJvm(Jdk jdk) {
        AttachCommand attach = new AttachCommand(jdk, folder);
        assertLine(
                attach.run(),
                MISUNDERSTOOD,
                "the process ID is missing; expected attach PID [KEY=VALUE]...");
        assertLine(
                attach.run("java"),
                MISUNDERSTOOD,
                "\"java\" is not a process ID; expected a number, as in attach 4711");
        assertLine(
                attach.run(UNUSED_PID, "colour=red"),
                MISUNDERSTOOD,
                "unknown option \"colour\"; valid are enabled, config, clock, jfr, period, rules,"
                        + " placement, handover, queued, depth, containers, places, idle, expire,"
                        + " combinations, carriers, metrics, series, log, training");
        assertLine(
                attach.run(UNUSED_PID, "period"),
                MISUNDERSTOOD,
                "option period has no value; expected period=100ms to 1h");
        assertThat(attach.run(UNUSED_PID, "clock=adaptve", "period=5").errLines())
                .containsExactly(
                        "corral: option clock is \"adaptve\"; expected exact, adaptive",
                        "corral: option period is \"5\"; expected 100ms to 1h");
        assertLine(
                attach.run(UNUSED_PID, "rules=rules.conf"),
                MISUNDERSTOOD,
                "option rules: there is no file " + folder.resolve("rules.conf")
                        + " that can be read");
        assertLine(
                attach.run(UNUSED_PID),
                NOT_ACTIVE,
                "there is no process " + UNUSED_PID + "; list the JVMs with jps");
        assertThat(attach.run("--help").exitCode()).isZero();
    }

    /** The signal that an attach sends would end the process. */
    @ParameterizedTest
    @MethodSource("newest")
    void attachToAProcessThatIsNoJvmLeavesItAlive(Jdk jdk)
            throws IOException, InterruptedException {
        Process other = new ProcessBuilder("sleep", "60").start();
        try {
            assertLine(
                    new AttachCommand(jdk, folder).run(other.pid()),
                    NOT_ACTIVE,
                    "process " + other.pid() + " is not a JVM; list the JVMs with jps");
            assertThat(other.waitFor(100, TimeUnit.MILLISECONDS)).isFalse();
        } finally {
            other.destroy();
        }
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("newest")
    void attachToAJvmThatRefusesNamesTheFlag(Jdk jdk) {
        assertRefused(
                jdk,
                "-XX:+DisableAttachMechanism",
                " was started with -XX:+DisableAttachMechanism and can't be attached to; start it"
                        + " with -javaagent");
        assertRefused(
                jdk,
                "-XX:-EnableDynamicAgentLoading",
                " was started with -XX:-EnableDynamicAgentLoading and loads no agent; start it with"
                        + " -javaagent:"
                        + ForkedJvm.agentJar());
    }

    private void assertRefused(Jdk jdk, String flag, String why) {
        try (RunningJvm jvm =
                ForkedJvm.on(jdk).withoutAgent().flags(flag).startMain(AttachTarget.class)) {
            jvm.await("ready");
            assertLine(
                    new AttachCommand(jdk, folder).run(jvm.pid()),
                    NOT_ACTIVE,
                    "JVM " + jvm.pid() + why);
            jvm.writeLine("end");
            assertThat(jvm.end().errLines()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("newest")
    void attachReportsWhyTheAgentIsNotActive(Jdk jdk) {
        try (RunningJvm jvm = ForkedJvm.on(jdk).withoutAgent().startMain(AttachTarget.class)) {
            jvm.await("ready");
            jvm.writeLine("place t");
            jvm.await("place=/");
            assertLine(
                    new AttachCommand(jdk, folder).run(jvm.pid()),
                    NOT_ACTIVE,
                    "not active: the API is already in use from the class loader app; start the JVM"
                            + " with -javaagent. The application runs unmetered.");
        }
    }

    @ParameterizedTest
    @MethodSource("newest")
    void attachWithFaultyRulesReportsThemAndLoadsNothing(Jdk jdk) throws IOException {
        Path rules =
                Files.writeString(folder.resolve("rules.conf"), "thread t to /x\nthread u -> x\n");
        try (RunningJvm jvm = ForkedJvm.on(jdk).withoutAgent().startMain(AttachTarget.class)) {
            jvm.await("ready");
            AttachCommand attach = new AttachCommand(jdk, folder);
            ForkedJvm.Outcome outcome = attach.run(jvm.pid(), "rules=rules.conf");
            assertThat(outcome.exitCode()).as(outcome.toString()).isEqualTo(MISUNDERSTOOD);
            assertThat(outcome.errLines())
                    .containsExactly(
                            "corral: " + rules
                                    + ":1:10: unknown condition \"to\"; a pattern with a space"
                                    + " stands in quotation marks; expected thread, class, task,"
                                    + " group, loader, origin, starter, pool, kind, late or ->",
                            "corral: " + rules
                                    + ":2:13: unknown outcome \"x\"; expected a path that begins"
                                    + " with '/', inherit or ignore");
            assertThat(attach.run(jvm.pid()).out()).startsWith("active on JDK ");
        }
    }

    /** Up to JDK 23 a JVM does not answer requests with longer arguments. */
    @ParameterizedTest
    @MethodSource("jdks")
    void attachWithOptionsTooLongForTheJvmReportsTheLimit(Jdk jdk) throws IOException {
        Path deep = folder;
        for (int i = 0; i < 6; i++) {
            deep = Files.createDirectory(deep.resolve("d".repeat(200)));
        }
        Path rules = Files.writeString(deep.resolve("rules.conf"), "thread a -> /a\n");
        int bytes = (ForkedJvm.agentJar() + "=rules=" + rules).length();
        try (RunningJvm jvm = ForkedJvm.on(jdk).withoutAgent().startMain(AttachTarget.class)) {
            jvm.await("ready");
            AttachCommand attach = new AttachCommand(jdk, folder);
            ForkedJvm.Outcome outcome = attach.run(jvm.pid(), "rules=" + rules);
            if (jdk.feature() < 24) {
                assertLine(
                        outcome,
                        NOT_ACTIVE,
                        "JVM " + jvm.pid()
                                + " did not accept the agent's path and options: they have "
                                + bytes
                                + " bytes, and JDKs up to 23 accept 1024 (Premature EOF); write the"
                                + " options to a file and give config=FILE, or use shorter paths");
            }
            assertThat(attach.run(jvm.pid()).out())
                    .startsWith(jdk.feature() < 24 ? "active " : "already active ");
        }
    }

    private static void assertLine(ForkedJvm.Outcome outcome, int exitCode, String line) {
        assertThat(outcome.errLines()).containsExactly("corral: " + line);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.exitCode()).isEqualTo(exitCode);
    }
}
