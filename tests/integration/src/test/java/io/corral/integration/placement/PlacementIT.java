package io.corral.integration.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import io.corral.integration.harness.Scenarios;
import io.corral.integration.support.CpuLoad;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlacementIT {

    private static final String[] FLAGS = {
        CpuLoad.FLAG, "-Djava.util.concurrent.ForkJoinPool.common.parallelism=3"
    };

    @TestFactory
    Stream<DynamicNode> scenarios() {
        return Scenarios.of(JvmThreadScenarios.class, DefaultPlacementScenarios.class)
                .flags(FLAGS)
                .onEachJdk();
    }

    @TestFactory
    Stream<DynamicNode> scenariosOfPools() {
        return Scenarios.of(PoolsScenarios.class, Java8PoolScenarios.class)
                .flags(FLAGS)
                .onEachJdkInFullRun();
    }

    @TestFactory
    Stream<DynamicNode> scenariosWithoutAUsersContainer() {
        return Scenarios.of(UnusedHandOverScenarios.class).onEachJdkInFullRun();
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("newest")
    void namesBeyondTheCapShareOneContainer(Jdk jdk) {
        ForkedJvm.Outcome outcome = ForkedJvm.on(jdk).runMain(ManyNamesProgram.class);
        assertThat(outcome.number("pools")).isEqualTo(257);
        assertThat(outcome.number("otherPools")).isEqualTo(ManyNamesProgram.POOLS - 256);
        assertThat(outcome.number("threads")).isEqualTo(257);
        assertThat(outcome.number("otherThreads")).isEqualTo(ManyNamesProgram.THREADS - 256);
        assertThat(outcome.errLines())
                .containsExactly(namesUsedUpIn("/pools"), namesUsedUpIn("/threads"));
    }

    private static String namesUsedUpIn(String container) {
        return "corral: there are threads of 256 names in " + container + "; further ones share "
                + container + "/other (logged once). A rule such as thread \"job-*\" -> /jobs keeps"
                + " threads together whose names have an id";
    }

    static Stream<Jdk> newest() {
        return Stream.of(Jdk.newest());
    }
}
