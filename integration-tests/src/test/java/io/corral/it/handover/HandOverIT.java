package io.corral.it.handover;

import io.corral.it.harness.Scenarios;
import io.corral.it.support.Burn;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

class HandOverIT {

    private static final String WORKERS = "-Djava.util.concurrent.ForkJoinPool.common.parallelism=";

    /** What is woven into the JDK's classes is verified, too. */
    private static final String[] VERIFYING = {
        "-XX:+UnlockDiagnosticVMOptions", "-XX:+BytecodeVerificationLocal"
    };

    private static final String[] FLAGS = {
        "--enable-preview", Burn.FLAG, WORKERS + 2, VERIFYING[0], VERIFYING[1]
    };

    @TestFactory
    Stream<DynamicNode> eachWayToHandOver() {
        return Scenarios.onEachJdkUnderEachClock(HandOverScenarios.class, FLAGS);
    }

    @TestFactory
    Stream<DynamicNode> futures() {
        return Scenarios.onEachJdkUnderEachClock(HandedFutureScenarios.class, FLAGS);
    }

    /** The last of several such flags counts. */
    @TestFactory
    Stream<DynamicNode> futuresWhereTheCommonPoolHasOneWorker() {
        String[] flags = Arrays.copyOf(FLAGS, FLAGS.length + 1);
        flags[FLAGS.length] = WORKERS + 1;
        return Scenarios.onEachJdk(HandedFutureScenarios.class, flags);
    }

    @TestFactory
    Stream<DynamicNode> whatTheApplicationSees() {
        return Stream.concat(
                Scenarios.onEachJdkAtOnce(HandedObjectsScenarios.class, FLAGS),
                Stream.concat(
                        Scenarios.onEachJdkAtOnce(RememberingTaskScenarios.class, FLAGS),
                        Scenarios.onEachJdkAtOnce(HandedRunnableScenarios.class, FLAGS)));
    }

    @TestFactory
    Stream<DynamicNode> scopeKeptFromTaskToTask() {
        return Stream.of(
                        KeptScopeScenarios.class,
                        KeptForkJoinScenarios.class,
                        FirstContainerWithinATaskScenarios.class,
                        ToldOfSwitchesScenarios.class)
                .flatMap(scenarios -> Scenarios.onEachJdk(scenarios, VERIFYING));
    }

    @TestFactory
    Stream<DynamicNode> workerThatScansForTasks() {
        return Scenarios.onEachJdkUnderEachClock(
                ScanningWorkerScenarios.class,
                ScanningWorkerScenarios.FLAG,
                VERIFYING[0],
                VERIFYING[1]);
    }

    @TestFactory
    Stream<DynamicNode> submitterInItsHome() {
        return Scenarios.onEachJdk(HandOverFromHomeScenarios.class);
    }

    @TestFactory
    Stream<DynamicNode> firstScopeOfAJvm() {
        return Stream.concat(
                Scenarios.onEachJdk(FirstScopeScenarios.class),
                Scenarios.onEachJdk(FirstScopeOfForkJoinScenarios.class));
    }

    @TestFactory
    Stream<DynamicNode> switchedOff() {
        return Scenarios.onEachJdkAtOnce(NoHandOverScenarios.class, "-Dcorral.handover=off");
    }
}
