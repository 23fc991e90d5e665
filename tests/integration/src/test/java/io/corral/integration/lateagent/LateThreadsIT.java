package io.corral.integration.lateagent;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import io.corral.integration.support.CpuLoad;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Threads that are older than the agent. */
class LateThreadsIT {

    private static final String RULES = String.join(
            "\n",
            "thread batch-*-* -> /batch/{1}",
            "thread parked-*-* -> /parked/{1}",
            "thread turns-* -> /turns/{1}",
            "thread unstarted -> /unstarted",
            "kind platform -> hierarchy kind /platform");

    @TempDir
    Path folder;

    static Stream<Jdk> jdks() {
        return Jdk.eachInFullRun().stream();
    }

    static Stream<Jdk> newest() {
        return Stream.of(Jdk.newest());
    }

    static Stream<Jdk> jdksWithVirtualThreads() {
        return Jdk.withVirtualThreadsInFullRun();
    }

    static Stream<Jdk> eachJdkWithVirtualThreads() {
        return Jdk.withVirtualThreads();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void runningThreadsArePlacedByRulesAndByDefault(Jdk jdk) throws IOException {
        ForkedJvm.Outcome outcome = run(jdk, "places");
        assertThat(outcome.value("batch")).isEqualTo("/batch/orders /platform");
        assertThat(outcome.value("other")).isEqualTo("/threads/another /platform");
        assertThat(outcome.value("main")).isEqualTo("/ /platform");
        assertThat(outcome.number("pool")).isEqualTo(1);
        assertThat(outcome.value("second")).isEqualTo("/pools/shared /platform");
    }

    /** The numbers are members, forks and exits, in this order. */
    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("eachJdkWithVirtualThreads")
    void adoptedVirtualThreadsAreCountedOnce(Jdk jdk) throws IOException {
        ForkedJvm.Outcome outcome = run(jdk, "parked");
        assertThat(outcome.value("before")).isEqualTo("0 0 0, 0 0 0, 0 0 0");
        assertThat(outcome.value("running")).isEqualTo("250 0 0, 250 0 0, 1 1 0");
        assertThat(outcome.value("after")).isEqualTo("0 0 250, 0 0 250, 0 1 1");
        assertThat(outcome.number("lowest")).isZero();
    }

    /** Code that was compiled before still finds the member in an adopted thread's field. */
    @Tag("full")
    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("jdksWithVirtualThreads")
    void adoptedVirtualThreadsAreChargedInCompiledCode(Jdk jdk) throws IOException {
        assertShares(run(jdk, "turns", CpuLoad.FLAG, "-Djdk.virtualThreadScheduler.parallelism=1"));
    }

    @Tag("full")
    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("jdksWithVirtualThreads")
    void adoptedVirtualThreadsAreChargedInOptimizedCode(Jdk jdk) throws IOException {
        assertShares(run(
                jdk,
                "turns",
                CpuLoad.FLAG,
                "-Djdk.virtualThreadScheduler.parallelism=1",
                "-XX:-TieredCompilation"));
    }

    /** A loaded class can't get a new field, and the loop of a worker that waits is not woven. */
    @ParameterizedTest
    @MethodSource("newest")
    void tasksOfPoolsThatAreOlderThanTheAgentKeepTheirSubmitter(Jdk jdk) throws IOException {
        ForkedJvm.Outcome outcome = run(jdk, "tasks");
        assertThat(outcome.value("pool")).isEqualTo("/submitter");
        assertThat(outcome.value("scheduled")).isEqualTo("/submitter");
    }

    /** The troubleshooting page says so. */
    @ParameterizedTest
    @MethodSource("newest")
    void frameOfAMethodThatIsWovenAgainHasNoLineUntilItsThreadLeavesIt(Jdk jdk) throws IOException {
        ForkedJvm.Outcome outcome = run(jdk, "lines");
        assertThat(outcome.value("before")).contains("runWorker(ThreadPoolExecutor.java:");
        assertThat(outcome.value("inside")).endsWith("runWorker(Unknown Source)");
        assertThat(outcome.value("later")).contains("runWorker(ThreadPoolExecutor.java:");
        assertThat(Files.readString(Path.of("../../docs/troubleshooting.md")))
                .contains("| frames with `Unknown Source` in methods of the JDK, such as"
                        + " `ThreadPoolExecutor.runWorker` |");
    }

    /** Callbacks would otherwise run for the threads that they start, without end. */
    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("jdksWithVirtualThreads")
    void callbackOnAnAdoptedVirtualThreadIsNotCalledForThreadsItStarts(Jdk jdk) throws IOException {
        ForkedJvm.Outcome outcome =
                run(jdk, "callbacks", "-Djdk.virtualThreadScheduler.parallelism=1");
        // Corral has not seen the thread yet.
        assertThat(outcome.value("attach"))
                .endsWith("it is older than the agent, and can be when it has yielded or parked");
        assertThat(outcome.number("callbacks")).isEqualTo(1);
    }

    /** A call of {@code run} that is older than the agent does not reach the hook at its end. */
    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("jdksWithVirtualThreads")
    void exitCallbackOfAThreadOlderThanTheAgentRunsOnTheBackgroundThread(Jdk jdk)
            throws IOException {
        ForkedJvm.Outcome outcome = run(jdk, "exits");
        assertThat(outcome.value("before")).isEqualTo("corral in /");
        // It had ended before adopt could be called.
        assertThat(outcome.out()).doesNotContain("brief=");
        assertThat(outcome.value("since")).isEqualTo("since in /");
    }

    private static void assertShares(ForkedJvm.Outcome outcome) {
        // About 40,000 mounts have found the member that the first mount stored.
        assertThat(outcome.number("members")).isEqualTo(2);
        // The ratio is three, unless the machine was suspended during one thread's work.
        double burnt = (double) outcome.number("burntThree") / outcome.number("burntOne");
        assertThat((double) outcome.number("three") / outcome.number("one"))
                .as(outcome.out())
                .isBetween(burnt * 0.95, burnt * 1.05);
        assertThat(outcome.number("one"))
                .as(outcome.out())
                .isGreaterThanOrEqualTo(outcome.number("burntOne"));
        assertThat(outcome.number("three"))
                .as(outcome.out())
                .isGreaterThanOrEqualTo(outcome.number("burntThree"));
    }

    private ForkedJvm.Outcome run(Jdk jdk, String what, String... more) throws IOException {
        Path rules = Files.writeString(folder.resolve("rules.conf"), RULES);
        List<String> flags = new ArrayList<>(Arrays.asList(more));
        flags.add("-Djdk.attach.allowAttachSelf=true");
        if (jdk.hasVirtualThreads()) {
            flags.add("-XX:+EnableDynamicAgentLoading");
        }
        ForkedJvm.Outcome outcome = ForkedJvm.on(jdk)
                .optimizing()
                .withoutAgent()
                .flags(flags.toArray(new String[0]))
                .runMain(LateThreadsProgram.class, what, ForkedJvm.agentJar(), "rules=" + rules);
        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        assertThat(outcome.errLines()).isEmpty();
        return outcome;
    }
}
