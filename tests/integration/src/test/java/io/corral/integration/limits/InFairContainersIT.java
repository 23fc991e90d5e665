package io.corral.integration.limits;

import io.corral.integration.harness.Jdk;
import io.corral.integration.harness.Scenarios;
import io.corral.integration.support.CpuLoad;
import io.corral.integration.support.TestCarriers;
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

/**
 * The scenarios of threads, pools and hand-over once more, where each of their containers is fair,
 * and the virtual threads of another one are always runnable.
 *
 * <p>Some can't run here. {@code FailedStartScenarios}, {@code ScopesScenarios} and those of the
 * package {@code virtual} have virtual threads with schedulers of their own, or few carriers: there
 * {@code fair} does not hold, and Corral prints that. {@code RootScenarios} wants no thread in
 * another container, but rules have one in {@code /jvm}. The others of the package
 * {@code handover}, {@code ForkRuleScenarios} and {@code UnusedHandOverScenarios} need a JVM in
 * which no container was entered yet, or rules, options or an agent of their own.
 */
class InFairContainersIT {

    private static final String RULES = "limit /* fair\n";

    private static final String PACKAGE = "io.corral.integration.";

    /** Those that run with {@code placement=inherit}. */
    private static final List<String> INHERITING = List.of(
            "fork.InheritanceScenarios",
            "fork.OverriddenIdScenarios",
            "fork.TerminatedMemberScenarios",
            "fork.RefusedStartScenarios",
            "fork.ThreadStartScenarios",
            "container.DelegateScenarios");

    /** They take long beside a busy neighbour, since each step waits for a CPU. */
    private static final List<String> LONG_INHERITING = List.of(
            "fork.StartInContainerScenarios",
            "fork.RacesScenarios",
            "fork.ChurnScenarios",
            "container.AttachScenarios",
            "container.HierarchiesScenarios",
            "container.ListingScenarios",
            "container.MovingMembersScenarios",
            "container.RemovalScenarios",
            // Their subsystems stay registered.
            "callbacks.CallbackStartsScenarios",
            "callbacks.CallbacksScenarios",
            "callbacks.ExitCallbacksScenarios",
            "callbacks.MembershipCallbacksScenarios",
            "callbacks.ThreadsMaxScenarios");

    private static final List<String> OTHERS = List.of(
            "handover.DequeuedTaskScenarios",
            "handover.ForkedTasksScenarios",
            "handover.ForkJoinRunnableScenarios",
            "handover.ForkJoinWorkerStayScenarios",
            "handover.FutureTaskScenarios",
            "handover.HandOverAfterSleepScenarios",
            "handover.HandOverFromHomeScenarios",
            "handover.HelpingScenarios",
            "handover.ScanningWorkerScenarios",
            "handover.SubmittedObjectScenarios",
            "handover.UnclosedScopeScenarios",
            "handover.WorkerStayScenarios",
            "placement.DefaultPlacementScenarios",
            "placement.Java8PoolScenarios");

    private static final List<String> LONG_OTHERS = List.of(
            "handover.HandOverScenarios",
            "handover.CompletableFutureScenarios",
            "handover.VirtualPoolScenarios",
            "handover.HandOverLeakScenarios",
            "handover.RepeatedSubmissionScenarios",
            "placement.JvmThreadScenarios",
            "placement.PoolsScenarios",
            // Its subsystem stays registered.
            "handover.SwitchCallbacksScenarios");

    private static final String[] FLAGS = {
        CpuLoad.FLAG,
        TestCarriers.FLAG,
        // For ScanningWorkerScenarios.
        "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
        "--enable-preview",
        "-Djava.util.concurrent.ForkJoinPool.common.parallelism=2"
    };

    @TempDir
    Path folder;

    private Path rules;

    @BeforeEach
    void writeRules() throws IOException {
        rules = Files.writeString(folder.resolve("fair.conf"), RULES);
    }

    @TestFactory
    Stream<DynamicNode> scenariosBesideABusyNeighbour() {
        if (!Jdk.newest().hasVirtualThreads()) {
            return Stream.empty();
        }
        return Stream.concat(
                beside(INHERITING).inheriting().onNewestJdk(), beside(OTHERS).onNewestJdk());
    }

    @Tag("stress")
    @TestFactory
    Stream<DynamicNode> allScenariosBesideABusyNeighbour() {
        return Stream.of(
                        beside(INHERITING).inheriting(),
                        beside(LONG_INHERITING).inheriting(),
                        beside(OTHERS),
                        beside(LONG_OTHERS))
                .flatMap(Scenarios::withVirtualThreads);
    }

    private Scenarios beside(List<String> names) {
        return Scenarios.of(names.stream().map(this::scenarios).toArray(Class[]::new))
                .after(FairNeighbourProgram.class)
                .flags(FLAGS)
                .flags("-Dcorral.rules=" + rules);
    }

    private Class<?> scenarios(String name) {
        try {
            // Their initializers need the flags of the forked JVM.
            return Class.forName(PACKAGE + name, false, getClass().getClassLoader());
        } catch (ClassNotFoundException renamed) {
            throw new IllegalStateException(renamed);
        }
    }
}
