package io.corral.integration.callbacks;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An exit that waits for a callback leaves its carrier to the thread that runs the callback. */
class ExitWaitsIT {

    private static final String ONE_CARRIER = "-Djdk.virtualThreadScheduler.";

    static Stream<Jdk> withVirtualThreads() {
        return Jdk.withVirtualThreads();
    }

    @ParameterizedTest
    @MethodSource("withVirtualThreads")
    void waitingExitReleasesItsCarrier(Jdk jdk) {
        ForkedJvm.Outcome outcome = ForkedJvm.on(jdk)
                .flags(ONE_CARRIER + "parallelism=1", ONE_CARRIER + "maxPoolSize=1")
                .timeoutSeconds(60)
                .runMain(ExitWaitsProgram.class);
        assertThat(outcome.out().lines()).contains("exit from /c", "over");
    }
}
