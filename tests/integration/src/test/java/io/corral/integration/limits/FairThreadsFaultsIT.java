package io.corral.integration.limits;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jdi.ThreadReference;
import io.corral.integration.harness.Debugger;
import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import io.corral.integration.harness.RunningJvm;
import io.corral.integration.support.Pinned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code fair} for virtual threads while something of Corral fails. */
class FairThreadsFaultsIT {

    private static final String RUN_QUEUE = "io.corral.runtime.runqueue.RunQueue";

    /** Longer than the time after which threads run without a tick. */
    private static final long LATE_MILLIS = 6_000;

    private static final int FAILURES = 20;

    private static final int CARRIERS = 4;

    private static final long SOME_TICKS_MILLIS = 100;

    private static final String STARVED =
            "corral: fair does not divide the CPUs among virtual threads for 10 s: ready threads of"
                    + " container main:/tenants/light have got no carrier for 5 s";

    @TempDir
    Path folder;

    private Path rules;

    static Stream<Jdk> newest() {
        return Stream.of(Jdk.newest()).filter(Jdk::hasVirtualThreads);
    }

    static Stream<Jdk> withVirtualThreads() {
        return Jdk.withVirtualThreadsInFullRun();
    }

    @BeforeEach
    void writeRules() throws IOException {
        rules = Files.writeString(folder.resolve("fair.conf"), "limit /tenants/* fair\n");
    }

    @Tag("full")
    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("newest")
    void threadsEndWhileTheThreadOfTheTickIsSuspended(Jdk jdk) throws Exception {
        try (RunningJvm jvm = start(jdk);
                Debugger debugger = Debugger.of(jvm)) {
            jvm.await("ready");
            ThreadReference tick = debugger.thread("corral-control");
            tick.suspend();
            assertThat(ask(jvm, "run")).isEqualTo("all ended");
            Thread.sleep(LATE_MILLIS);
            assertThat(ask(jvm, "run")).isEqualTo("all ended");
            tick.resume();
            assertThat(ask(jvm, "run")).isEqualTo("all ended");
            assertEndsWithoutASlotInUse(jvm);
        }
    }

    /** An error at any place of a tick ends neither the thread nor the queues. */
    @Tag("full")
    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("newest")
    void threadsEndAfterErrorsAreThrownInTheThreadOfTheTick(Jdk jdk) throws Exception {
        try (RunningJvm jvm = start(jdk);
                Debugger debugger = Debugger.of(jvm)) {
            jvm.await("ready");
            for (int i = 0; i < FAILURES; i++) {
                debugger.throwError(debugger.thread("corral-control"));
            }
            assertThat(ask(jvm, "run")).isEqualTo("all ended");
            assertEndsWithoutASlotInUse(jvm);
        }
    }

    /** The tick sends what was not sent, also if no other thread becomes ready afterwards. */
    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("newest")
    void threadsEndWhoseWakeUpsAreLost(Jdk jdk) throws Exception {
        try (RunningJvm jvm = start(jdk);
                Debugger debugger = Debugger.of(jvm)) {
            jvm.await("ready");
            debugger.skipCalls(RUN_QUEUE, "sendToken", FAILURES, () -> jvm.writeLine("run"));
            assertThat(jvm.rest("run: ")).isEqualTo("all ended");
            assertThat(ask(jvm, "park")).isEqualTo("parks");
            debugger.skipCalls(RUN_QUEUE, "sendToken", 1, () -> jvm.writeLine("unpark"));
            assertThat(jvm.rest("unpark: ")).isEqualTo("all ended");
            // Else the line says that a thread has got no carrier for five seconds.
            assertThat(assertEndsWithoutASlotInUse(jvm).errLines()).isEmpty();
        }
    }

    /** The JDK submits them then. */
    @Tag("full")
    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("newest")
    void threadsEndWhoseQueueThrowsAnError(Jdk jdk) throws Exception {
        try (RunningJvm jvm = start(jdk);
                Debugger debugger = Debugger.of(jvm)) {
            jvm.await("ready");
            debugger.failCalls(RUN_QUEUE, "add", FAILURES, () -> jvm.writeLine("run"));
            assertThat(jvm.rest("run: ")).isEqualTo("all ended");
            assertThat(ask(jvm, "run")).isEqualTo("all ended");
            assertEndsWithoutASlotInUse(jvm);
        }
    }

    /** The tick lends none in place of slots that were lost. Ten seconds later it tries again. */
    @Tag("full")
    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("newest")
    void threadsRunWithoutQueuesAfterSlotsWereLost(Jdk jdk) {
        try (RunningJvm jvm = ForkedJvm.on(jdk)
                .agentArguments("rules=" + rules)
                .startMain(StarvedThreadsProgram.class)) {
            assertThat(jvm.rest("threads: ")).isEqualTo("all ended");
            assertThat(jvm.rest("queues: ")).isEqualTo("off");
            assertThat(jvm.rest("later: ")).isEqualTo("all ended");
            assertEndsAfterTheLine(jvm);
        }
    }

    @Tag("full")
    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("withVirtualThreads")
    void threadsThatGetNoCarrierAreReportedAndEndWhenThereIsOne(Jdk jdk) {
        try (RunningJvm jvm = startWithFewCarriers(jdk)) {
            jvm.await("ready");
            jvm.writeLine("keep carriers");
            assertAreReportedAndEnd(jvm);
        }
    }

    /** The tick finds their containers empty while they are about to be queued. */
    @Tag("full")
    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("newest")
    void threadsThatGetNoCarrierAreReportedIfTheyWereQueuedSlowly(Jdk jdk) throws Exception {
        try (RunningJvm jvm = startWithFewCarriers(jdk, Debugger.FLAG);
                Debugger debugger = Debugger.of(jvm)) {
            jvm.await("ready");
            debugger.delayCalls(
                    RUN_QUEUE,
                    "add",
                    CARRIERS + 1,
                    SOME_TICKS_MILLIS,
                    () -> jvm.writeLine("keep carriers"));
            assertAreReportedAndEnd(jvm);
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("withVirtualThreads")
    void threadsThatRunWhenTheAgentIsAttachedAreDividedFromThenOn(Jdk jdk) {
        try (RunningJvm jvm = ForkedJvm.on(jdk)
                .attachingItself()
                .startMain(LateFairProgram.class, ForkedJvm.agentJar(), "rules=" + rules)) {
            assertThat(jvm.rest("light threads: ")).isEqualTo("all ended");
            assertThat(jvm.rest("without limits: ")).isEqualTo("they are kept waiting");
            assertThat(jvm.rest("busy threads: ")).isEqualTo("all ended");
            assertThat(jvm.rest("slots: ")).isEqualTo("none");
            assertThat(jvm.end().err()).doesNotContain("corral:");
        }
    }

    private RunningJvm start(Jdk jdk) {
        return ForkedJvm.on(jdk)
                .agentArguments("rules=" + rules)
                .flags(Debugger.FLAG)
                .startMain(FairFaultsProgram.class);
    }

    private RunningJvm startWithFewCarriers(Jdk jdk, String... flags) {
        return ForkedJvm.on(jdk)
                .agentArguments("rules=" + rules)
                .flags(Pinned.FLAG, "-Djdk.virtualThreadScheduler.maxPoolSize=" + CARRIERS)
                .flags(flags)
                .startMain(StarvedThreadsProgram.class, Integer.toString(CARRIERS));
    }

    private static void assertAreReportedAndEnd(RunningJvm jvm) {
        jvm.errUntil(STARVED);
        jvm.closeInput();
        assertThat(jvm.rest("threads: ")).isEqualTo("all ended");
        assertEndsAfterTheLine(jvm);
    }

    private static void assertEndsAfterTheLine(RunningJvm jvm) {
        assertThat(jvm.rest("slots: ")).isEqualTo("none");
        assertThat(jvm.end().errLines()).containsExactly(STARVED);
    }

    private static ForkedJvm.Outcome assertEndsWithoutASlotInUse(RunningJvm jvm) {
        assertThat(ask(jvm, "slots")).isEqualTo("none");
        jvm.closeInput();
        ForkedJvm.Outcome outcome = jvm.end();
        assertThat(outcome.exitCode()).isZero();
        return outcome;
    }

    private static String ask(RunningJvm jvm, String question) {
        jvm.writeLine(question);
        return jvm.rest(question + ": ");
    }
}
