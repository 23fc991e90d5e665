package io.corral.it.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.it.harness.ForkedJvm;
import io.corral.it.harness.Jdk;
import io.corral.it.harness.Scenarios;
import io.corral.it.support.Burn;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlacementIT {

    @TestFactory
    Stream<DynamicNode> scenarios() {
        return Scenarios.of(JvmPlacesScenarios.class, PoolsScenarios.class)
                .flags(Burn.FLAG, "-Djava.util.concurrent.ForkJoinPool.common.parallelism=3")
                .onEachJdk();
    }

    @ParameterizedTest
    @MethodSource("newest")
    void poolsBeyondTheCapShareOneContainer(Jdk jdk) {
        ForkedJvm.Outcome outcome = ForkedJvm.on(jdk).runMain(ManyPoolsProgram.class);
        assertThat(outcome.number("pools")).isEqualTo(257);
        assertThat(outcome.number("other")).isEqualTo(ManyPoolsProgram.POOLS - 256);
        assertThat(outcome.errLines())
                .containsExactly(
                        "corral: there are pools of 256 names; further ones share /pools/other (logged once)."
                                + " A rule such as thread \"job-*\" -> /jobs keeps pools together whose"
                                + " names have an id");
    }

    static Stream<Jdk> newest() {
        return Stream.of(Jdk.newest());
    }
}
