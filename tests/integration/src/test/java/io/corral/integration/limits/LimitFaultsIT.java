package io.corral.integration.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.jdi.ThreadReference;
import com.sun.jdi.event.EventSet;
import io.corral.integration.harness.Debugger;
import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import io.corral.integration.harness.RunningJvm;
import io.corral.integration.harness.Scenarios;
import io.corral.integration.support.QuotaGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Limits of a service that tenants flood, while something goes wrong. */
@Execution(ExecutionMode.CONCURRENT)
class LimitFaultsIT {

    private static final String LIMIT = "limit /tenants/* fair requests.max 3 wait 1s\n";

    private static final String OPEN =
            "corral: all limits are open: no tick of the thread corral-control for a second";

    private static final String AGAIN = "corral: limits are in force again";

    private static final String NOTHING_LEFT =
            "a left 0 over 0 exact true; b left 0 over 0 exact true; ";

    private static final long PAUSE_MILLIS = 10_000;

    /** The time between two versions of the rules file. */
    private static final long VERSION_MILLIS = 100;

    @TempDir
    Path folder;

    static Stream<Jdk> newest() {
        return Stream.of(Jdk.newest());
    }

    static Stream<Jdk> jdks() {
        return Jdk.eachInFullRun().stream();
    }

    /** The scenarios of a JVM are written to it one after another. */
    @TestFactory
    @Execution(ExecutionMode.SAME_THREAD)
    Stream<DynamicNode> scenariosOfThreads() {
        return Scenarios.of(WaitingThreadScenarios.class).onEachJdkInFullRun();
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("newest")
    void limitsHoldAfterAProcessWasStoppedForTenSeconds(Jdk jdk) throws Exception {
        try (RunningJvm jvm = start(jdk)) {
            assertThat(ask(jvm, "flow")).isEqualTo("flows");
            signal("STOP", jvm);
            Thread.sleep(PAUSE_MILLIS);
            signal("CONT", jvm);
            assertThat(ask(jvm, "flow")).isEqualTo("flows");
            assertLimitsHaveHeld(jvm);
        }
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("newest")
    void limitsHoldAfterADebuggerHasSuspendedAllThreadsForTenSeconds(Jdk jdk) throws Exception {
        try (RunningJvm jvm = start(jdk, Debugger.FLAG);
                Debugger debugger = Debugger.of(jvm)) {
            jvm.await("ready");
            assertThat(ask(jvm, "flow")).isEqualTo("flows");
            debugger.suspendAll();
            Thread.sleep(PAUSE_MILLIS);
            debugger.resumeAll();
            assertThat(ask(jvm, "flow")).isEqualTo("flows");
            assertLimitsHaveHeld(jvm);
        }
    }

    /** Requests do what the thread of the tick would do. */
    @Tag("full")
    @ParameterizedTest
    @MethodSource("newest")
    void limitsHoldWhileTheThreadOfTheTickIsSuspended(Jdk jdk) throws Exception {
        try (RunningJvm jvm = start(jdk, Debugger.FLAG);
                Debugger debugger = Debugger.of(jvm)) {
            jvm.await("ready");
            ThreadReference tick = debugger.thread("corral-control");
            tick.suspend();
            for (int i = 0; i < 3; i++) {
                assertThat(ask(jvm, "flow")).isEqualTo("flows");
            }
            tick.resume();
            assertLimitsHaveHeld(jvm);
        }
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("newest")
    void doorsOpenWhileATickDoesNotEnd(Jdk jdk) throws Exception {
        try (RunningJvm jvm = start(jdk, Debugger.FLAG);
                Debugger debugger = Debugger.of(jvm)) {
            jvm.await("ready");
            assertThat(ask(jvm, "flow")).isEqualTo("flows");
            assertThat(ask(jvm, "state")).isEqualTo("on");
            EventSet suspended =
                    debugger.suspendIn("io.corral.runtime.control.ControlTick", "tick");
            jvm.errUntil(OPEN);
            assertThat(ask(jvm, "exceed")).isEqualTo("exceeded");
            assertThat(ask(jvm, "state")).isEqualTo("degraded");
            suspended.resume();
            jvm.errUntil(AGAIN);
            assertThat(ask(jvm, "state")).isEqualTo("on");
            assertThat(ask(jvm, "flow")).isEqualTo("flows");
            // What has begun before may have run until here.
            ask(jvm, "most");
            assertThat(ask(jvm, "flow")).isEqualTo("flows");
            assertThat(ask(jvm, "most")).isIn("1", "2", "3");
            assertThat(ask(jvm, "end")).isEqualTo(NOTHING_LEFT);
        }
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("newest")
    void limitsHoldWhileTheFileChangesEach100Milliseconds(Jdk jdk) throws Exception {
        changeTheFile(jdk, 30);
    }

    @Tag("stress")
    @ParameterizedTest
    @MethodSource("jdks")
    void limitsHoldWhileTheFileChangesEach100MillisecondsForAMinute(Jdk jdk) throws Exception {
        changeTheFile(jdk, 600);
    }

    private void changeTheFile(Jdk jdk, int versions) throws Exception {
        try (RunningJvm jvm = start(jdk)) {
            Path next = folder.resolve("next.conf");
            for (int version = 1; version <= versions; version++) {
                Files.writeString(next, "limit /tenants/a weight " + version + "\n" + LIMIT);
                Files.move(next, rules(), StandardCopyOption.ATOMIC_MOVE);
                Thread.sleep(VERSION_MILLIS);
            }
            assertThat(ask(jvm, "flow")).isEqualTo("flows");
            assertLimitsHaveHeld(jvm);
        }
    }

    /** The workers of a pool that wait at a door. */
    @Test
    void poolThatIsShutDownOrResizedOrWhoseLimitIsLoweredLosesNoRequest() throws IOException {
        Files.writeString(rules(), "limit /tenants/* requests.max 1 wait 1m\n");
        ForkedJvm.Outcome outcome = ForkedJvm.on(Jdk.newest())
                .agentArguments("rules=" + rules())
                .runMain(WaitingPoolProgram.class);
        assertThat(outcome.value("shutdown"))
                .isEqualTo("served 2 shed 0 interrupted 0 most 1 left 0");
        assertThat(outcome.value("shutdownNow"))
                .isEqualTo("served 0 shed 2 interrupted 2 most 0 left 0");
        assertThat(outcome.value("cancel"))
                .isEqualTo("served 1 shed 1 interrupted 1 most 1 left 0");
        assertThat(outcome.value("shrink"))
                .isEqualTo("served 2 shed 1 interrupted 0 most 1 left 0");
        assertThat(outcome.value("grow")).isEqualTo("served 4 shed 0 interrupted 0 most 1 left 0");
        // Nobody is let in until the requests above the new limit have ended.
        assertThat(outcome.value("lower")).isEqualTo("served 2 shed 0 interrupted 0 most 1 left 0");
        assertThat(outcome.err()).isEmpty();
    }

    /** Alone, the process would not use its CPUs. */
    @Test
    void fairSharesTheCpusThatANeighbourLeaves() throws IOException {
        try (RunningJvm neighbour =
                ForkedJvm.on(Jdk.newest()).withoutAgent().startMain(NeighbourProgram.class)) {
            neighbour.await("burns");
            assertFairSharesWhatAnUnequalFloodWouldNot();
        }
    }

    /** Two CPUs would not be busy. */
    @Test
    void fairSharesAQuotaOfOneAndAHalfCpus() throws IOException {
        try (QuotaGroup group = QuotaGroup.ofMicros(150_000, 100_000)) {
            assumeThat(group).as("a group of the kernel").isNotNull();
            assertFairSharesWhatAnUnequalFloodWouldNot(group.processes());
        }
    }

    /** Tenant a has seven times as many workers as tenant b. */
    private void assertFairSharesWhatAnUnequalFloodWouldNot(String... group) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("28", "4"));
        arguments.addAll(List.of(group));
        try (RunningJvm jvm = ForkedJvm.on(Jdk.newest())
                .startMain(FloodProgram.class, arguments.toArray(new String[0]))) {
            jvm.await("ready");
            assertThat(ask(jvm, "wait")).isEqualTo("waited");
            long fair = Long.parseLong(ask(jvm, "share"));
            assertThat(ask(jvm, "off")).isEqualTo("off");
            long without = Long.parseLong(ask(jvm, "share"));
            System.out.println(
                    "of the CPU time, b has " + fair + "%, and " + without + "% without the limit");
            assertThat(fair).isBetween(35L, 65L);
            assertThat(without).isLessThan(25L);
            assertThat(ask(jvm, "end")).isEqualTo(NOTHING_LEFT);
            jvm.closeInput();
            jvm.end();
        }
    }

    private static void assertLimitsHaveHeld(RunningJvm jvm) {
        assertThat(ask(jvm, "most")).isIn("1", "2", "3");
        assertThat(ask(jvm, "state")).isEqualTo("on");
        assertThat(ask(jvm, "end")).isEqualTo(NOTHING_LEFT);
        jvm.closeInput();
        assertThat(jvm.end().err()).doesNotContain("corral:");
    }

    private static void signal(String name, RunningJvm jvm) throws Exception {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(jvm.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    private Path rules() {
        return folder.resolve("rules.conf");
    }

    private RunningJvm start(Jdk jdk, String... flags) throws IOException {
        Files.writeString(rules(), LIMIT);
        RunningJvm jvm = ForkedJvm.on(jdk)
                .agentArguments("rules=" + rules())
                .flags(flags)
                .startMain(FloodProgram.class);
        if (flags.length == 0) {
            jvm.await("ready");
        }
        return jvm;
    }

    private static String ask(RunningJvm jvm, String question) {
        jvm.writeLine(question);
        return jvm.rest(question + ": ");
    }
}
