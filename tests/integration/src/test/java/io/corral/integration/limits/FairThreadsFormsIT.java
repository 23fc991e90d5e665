package io.corral.integration.limits;

import io.corral.integration.harness.Scenarios;
import io.corral.integration.support.Pinned;
import io.corral.integration.support.TestCarriers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code fair} for virtual threads where threads are few, share locks, starve each other or are
 * disturbed.
 */
class FairThreadsFormsIT {

    @TempDir
    Path folder;

    private Path rules;

    @BeforeEach
    void writeRules() throws IOException {
        rules = Files.writeString(folder.resolve("fair.conf"), "limit /tenants/* fair\n");
    }

    @Tag("full")
    @TestFactory
    Stream<DynamicNode> scenarios() {
        return of(1, 100).withVirtualThreadsInFullRun();
    }

    @Tag("stress")
    @TestFactory
    Stream<DynamicNode> scenariosForLonger() {
        return Stream.concat(
                of(10, 5_000).withVirtualThreads(),
                flags(
                                Scenarios.of(
                                        FairThroughputScenarios.class, FairWeightsScenarios.class),
                                10,
                                1)
                        .withVirtualThreads());
    }

    private Scenarios of(int seconds, int times) {
        return flags(
                Scenarios.of(
                        FairSharesScenarios.class,
                        FairLocksScenarios.class,
                        FairStarvationScenarios.class,
                        FairDisturbedScenarios.class),
                seconds,
                times);
    }

    @Tag("full")
    @TestFactory
    Stream<DynamicNode> scenariosOnOneCpu() {
        return flags(Scenarios.of(FairLocksScenarios.class, FairStarvationScenarios.class), 1, 100)
                .flags("-XX:ActiveProcessorCount=1")
                .onNewestJdk();
    }

    @Tag("stress")
    @TestFactory
    Stream<DynamicNode> allScenariosOnOneCpu() {
        return of(10, 1_000).flags("-XX:ActiveProcessorCount=1").withVirtualThreads();
    }

    /** The option allows spare carriers nevertheless. */
    @Tag("stress")
    @TestFactory
    Stream<DynamicNode> allScenariosWhereTheApplicationHasSetAParallelismOfOne() {
        return of(10, 1_000)
                .flags("-Djdk.virtualThreadScheduler.parallelism=1", "-Dcorral.carriers=8")
                .withVirtualThreads();
    }

    private Scenarios flags(Scenarios scenarios, int seconds, int times) {
        return scenarios.flags(
                "-Dcorral.rules=" + rules,
                FairSharesScenarios.SECONDS + seconds,
                FairStarvationScenarios.REPEATED + times,
                Pinned.FLAG,
                TestCarriers.FLAG);
    }
}
