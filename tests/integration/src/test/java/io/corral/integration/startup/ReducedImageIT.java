package io.corral.integration.startup;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import io.corral.integration.harness.RunningJvm;
import io.corral.integration.support.LinkedImage;
import io.corral.integration.support.StartOutcome;
import io.corral.integration.support.StartProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** In images that lack modules the agent works without these modules. */
class ReducedImageIT {

    @TempDir
    Path folder;

    static Stream<Jdk> newest() {
        return Stream.of(Jdk.newest());
    }

    @ParameterizedTest
    @MethodSource("newest")
    void imageWithoutJfrAndManagementCountsForksAndKnowsNoUsage(Jdk jdk) {
        ForkedJvm.Outcome outcome =
                StartOutcome.runWithApi(ForkedJvm.on(image(jdk, "java.base,java.instrument")), jdk);
        StartOutcome.assertActive(
                outcome,
                jdk,
                "corral: CPU time and allocation are unknown, and the limits fair and cpu.max have"
                        + " no effect: this Java image has no module java.management; link it with"
                        + " jlink --add-modules java.management");
        assertThat(outcome.value("cpuKnown")).isEqualTo("false");
        assertThat(outcome.value("allocationKnown")).isEqualTo("false");
    }

    /** It would not start with {@code --add-modules}. */
    @Tag("full")
    @ParameterizedTest
    @MethodSource("newest")
    void imageWithoutTheHttpServerIsToBeLinkedWithIt(Jdk jdk) {
        try (RunningJvm jvm = ForkedJvm.on(image(jdk, "java.base,java.instrument"))
                .agentArguments("metrics=prometheus:127.0.0.1:0")
                .startMain(WaitingProgram.class)) {
            jvm.errUntil("corral: no metrics for Prometheus: this Java image has no module"
                    + " jdk.httpserver; link it with jlink --add-modules jdk.httpserver");
            jvm.writeLine("end");
            assertThat(jvm.end().exitCode()).isZero();
        }
    }

    /** Ends when it is told so. */
    static final class WaitingProgram {

        private WaitingProgram() {}

        public static void main(String[] arguments) throws IOException {
            System.in.read();
        }
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("newest")
    void imageWithoutInstrumentIsRefusedByTheJvm(Jdk jdk) {
        Jdk image = image(jdk, "java.base");
        ForkedJvm.Outcome refused = ForkedJvm.on(image).runMain(StartProgram.class);
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.out() + refused.err())
                .contains("Module java.instrument may be missing from runtime image.");
        StartOutcome.assertInactive(
                StartOutcome.runWithApi(ForkedJvm.on(image).withoutAgent(), jdk));
    }

    private Jdk image(Jdk jdk, String modules) {
        return LinkedImage.of(jdk, modules, folder.resolve("image"));
    }
}
