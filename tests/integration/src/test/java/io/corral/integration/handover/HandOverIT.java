package io.corral.integration.handover;

import io.corral.integration.harness.Scenarios;
import io.corral.integration.support.ArchiveApplication;
import io.corral.integration.support.CpuLoad;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Tasks that are charged to their submitters. */
class HandOverIT {

    private static final String WORKERS = "-Djava.util.concurrent.ForkJoinPool.common.parallelism=";

    /** The class files that were woven are verified, too. */
    private static final String[] FLAGS = {
        "--enable-preview",
        CpuLoad.FLAG,
        ScanningWorkerScenarios.FLAG,
        "-XX:+UnlockDiagnosticVMOptions",
        "-XX:+BytecodeVerificationLocal"
    };

    @TestFactory
    Stream<DynamicNode> tasksOfExecutorsAndFutures() {
        return Scenarios.of(
                        HandOverScenarios.class,
                        CompletableFutureScenarios.class,
                        ScanningWorkerScenarios.class)
                .flags(FLAGS)
                .flags(WORKERS + 2)
                .underEachClockInFullRun()
                .onEachJdkInFullRun();
    }

    @Tag("full")
    @TestFactory
    Stream<DynamicNode> futuresWhereTheCommonPoolHasOneWorker() {
        return Scenarios.of(CompletableFutureScenarios.class)
                .flags(FLAGS)
                .flags(WORKERS + 1)
                .onEachJdkInFullRun();
    }

    @TestFactory
    Stream<DynamicNode> tasksAsTheApplicationSeesThem() {
        return Scenarios.of(
                        SubmittedObjectScenarios.class,
                        DequeuedTaskScenarios.class,
                        UnclosedScopeScenarios.class,
                        FutureTaskScenarios.class,
                        ForkJoinRunnableScenarios.class,
                        HandOverFromHomeScenarios.class,
                        HelpingScenarios.class)
                .flags(FLAGS)
                .flags(WORKERS + 2)
                .onEachJdk();
    }

    /** Then no class has a field for a task's submitter. */
    @Tag("full")
    @TestFactory
    Stream<DynamicNode> tasksWhoseClassesAnotherAgentHasLoaded(@TempDir Path folder) {
        Path agent = ArchiveApplication.agent(
                folder.resolve("loading-agent.jar"), TaskLoadingAgent.class);
        return Scenarios.of(
                        HandOverScenarios.class,
                        CompletableFutureScenarios.class,
                        UnclosedScopeScenarios.class,
                        ForkJoinRunnableScenarios.class,
                        FutureTaskScenarios.class,
                        WorkerStayScenarios.class)
                .afterAgent(agent)
                .flags(FLAGS)
                .flags(WORKERS + 2)
                .onNewestJdk();
    }

    @Tag("full")
    @TestFactory
    Stream<DynamicNode> forkJoinTasksWhoseClassAnotherAgentHasLoaded(@TempDir Path folder) {
        Path agent = ArchiveApplication.agent(
                folder.resolve("loading-agent.jar"), TaskLoadingAgent.class);
        return Scenarios.of(
                        ForkedTasksScenarios.class,
                        ForkJoinWorkerStayScenarios.class,
                        HelpingScenarios.class)
                .afterAgent(agent)
                .flags(FLAGS)
                .onEachJdkInFullRun();
    }

    @TestFactory
    Stream<DynamicNode> tasksOfAPoolWithAClassThatNoTransformerSaw(@TempDir Path folder) {
        Path agent = ArchiveApplication.agent(
                folder.resolve("unseen-agent.jar"), UnseenClassAgent.class);
        return Scenarios.of(UnseenPoolClassScenarios.class)
                .flags("-javaagent:" + agent)
                .onEachJdkInFullRun();
    }

    /** Needs a separate JVM, because a JVM keeps virtual threads in which a class was loaded. */
    @TestFactory
    Stream<DynamicNode> poolsOfVirtualThreads() {
        return Scenarios.of(VirtualPoolScenarios.class).flags(FLAGS).withVirtualThreadsInFullRun();
    }

    /** Needs a separate JVM, in which no pool of the application has had a task. */
    @TestFactory
    Stream<DynamicNode> poolsAfterASleepOfTheFirstVirtualThread() {
        return Scenarios.of(HandOverAfterSleepScenarios.class)
                .flags("--enable-preview")
                .withVirtualThreadsInFullRun();
    }

    @Tag("full")
    @TestFactory
    Stream<DynamicNode> scopeKeptBetweenTasks() {
        return Scenarios.of(
                        WorkerStayScenarios.class,
                        ForkJoinWorkerStayScenarios.class,
                        ForkedTasksScenarios.class,
                        SwitchCallbacksScenarios.class)
                .flags(FLAGS)
                .onEachJdkInFullRun();
    }

    @TestFactory
    Stream<DynamicNode> firstContainerOfTheJvmIsMadeWithinATask() {
        return Scenarios.of(FirstContainerWithinATaskScenarios.class)
                .flags(FLAGS)
                .onEachJdkInFullRun();
    }

    @TestFactory
    Stream<DynamicNode> firstScopeOfAJvm() {
        return Stream.concat(
                Scenarios.of(FirstScopeScenarios.class).onEachJdkInFullRun(),
                Scenarios.of(FirstScopeOfForkJoinScenarios.class).onEachJdkInFullRun());
    }

    @TestFactory
    Stream<DynamicNode> itemsOfExecutorsWithAQueueOfTheirOwn(@TempDir Path folder)
            throws IOException {
        Path rules = Files.writeString(folder.resolve("items.conf"), ItemQueueScenarios.RULES);
        return Scenarios.of(ItemQueueScenarios.class)
                .flags(FLAGS)
                .flags("-Dcorral.rules=" + rules)
                .onEachJdkInFullRun();
    }

    @Tag("full")
    @TestFactory
    Stream<DynamicNode> coroutines(@TempDir Path folder) throws IOException {
        Path rules = Files.writeString(folder.resolve("orders.conf"), SuspendedOrders.RULE);
        return Scenarios.of(CoroutineScenarios.class)
                .flags(FLAGS)
                .flags("-Dcorral.rules=" + rules)
                .onEachJdkInFullRun();
    }

    @TestFactory
    Stream<DynamicNode> tasksWithHandOverOff() {
        return Scenarios.of(HandOverOffScenarios.class)
                .flags("-Dcorral.handover=off")
                .onEachJdkInFullRun();
    }
}
