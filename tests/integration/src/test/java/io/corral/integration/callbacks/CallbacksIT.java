package io.corral.integration.callbacks;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import io.corral.integration.harness.Scenarios;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CallbacksIT {

    @TestFactory
    Stream<DynamicNode> scenarios() {
        return Scenarios.of(
                        CallbacksScenarios.class,
                        CallbackStartsScenarios.class,
                        MembershipCallbacksScenarios.class,
                        ThreadsMaxScenarios.class)
                .inheriting()
                .onEachJdk();
    }

    /** As many platform threads as virtual ones. */
    @Tag("stress")
    @TestFactory
    Stream<DynamicNode> racesOfManyPlatformThreads() {
        return Scenarios.of(ThreadsMaxScenarios.class)
                .flags("-Dcorral.racing.platform=160000")
                .inheriting()
                .onEachJdk();
    }

    static Stream<Jdk> jdks() {
        return Jdk.all().stream();
    }

    /** The signal dispatcher ends after {@code main}. */
    @ParameterizedTest
    @MethodSource("jdks")
    void exitCallbackIsNotCalledForTheJvmsOwnThreads(Jdk jdk) {
        assertThat(ForkedJvm.on(jdk).runMain(JvmEndCallbacksProgram.class).out().lines())
                .containsExactly("exit=main of main:/");
    }
}
