package io.corral.integration.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.Debugger;
import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import io.corral.integration.harness.RunningJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Fair containers that change at random under two thousand virtual threads. */
@Tag("stress")
class FairThreadsStormIT {

    private static final int SECONDS = Integer.getInteger("corral.storm.seconds", 600);

    @TempDir
    Path folder;

    static Stream<Arguments> rows() {
        return Jdk.withVirtualThreads()
                .flatMap(jdk -> Stream.of("-XX:+UseG1GC", "-XX:+UseZGC")
                        .map(collector -> Arguments.of(jdk, collector)));
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("rows")
    void eachThreadEndsAndNoSlotIsLeftInUse(Jdk jdk, String collector) throws IOException {
        Path rules = Files.writeString(folder.resolve("fair.conf"), "limit /tenants/* fair\n");
        try (RunningJvm jvm = ForkedJvm.on(jdk)
                        .agentArguments("rules=" + rules)
                        .optimizing()
                        .flags(Debugger.FLAG, "-Xmx512m", collector)
                        .startMain(FairThreadsStormProgram.class, Integer.toString(SECONDS));
                Debugger debugger = Debugger.of(jvm)) {
            assertThat(jvm.rest("hanging=")).isEqualTo("[]");
            System.out.println("steps on " + jdk + ": " + jvm.rest("steps="));
            jvm.await("ended");
            assertThat(debugger.valuesOf("io.corral.runtime.runqueue.RunQueue", "used"))
                    .isEmpty();
            jvm.closeInput();
            assertThat(jvm.end().errLines()).isEmpty();
        }
    }
}
