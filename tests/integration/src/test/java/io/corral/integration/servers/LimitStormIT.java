package io.corral.integration.servers;

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
import org.junit.jupiter.params.provider.MethodSource;

/** Limits that change at random under requests of all kinds, for ten minutes in each JVM. */
@Tag("stress")
class LimitStormIT {

    private static final int SECONDS = Integer.getInteger("corral.storm.seconds", 600);

    private static final String CONTROL = "io.corral.runtime.control.";

    @TempDir
    Path folder;

    static Stream<Jdk> jdks() {
        return Jdk.all().stream();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void nothingHangsAndNothingIsCountedAtTheEnd(Jdk jdk) throws IOException {
        Path rules = Files.writeString(
                folder.resolve("rules.conf"), "enter http -> /tenants/{header.X-Tenant}\n");
        try (RunningJvm jvm = ForkedJvm.on(jdk)
                        .agentArguments("rules=" + rules)
                        .optimizing()
                        .flags(Debugger.FLAG, "-Xmx512m", "-Dorg.jboss.logging.provider=jdk")
                        .startMain(
                                LimitStormProgram.class,
                                Integer.toString(SECONDS),
                                rules.toString());
                Debugger debugger = Debugger.of(jvm)) {
            assertThat(jvm.rest("hanging=")).isEqualTo("[]");
            assertThat(jvm.rest("left=")).isEqualTo("0");
            assertThat(jvm.rest("lost=")).isEqualTo("0");
            String counts = jvm.rest("counts=");
            System.out.println("storm on " + jdk + ": " + counts);
            assertThat(counts).doesNotContain("timed out");
            jvm.await("ended");
            assertThat(debugger.valuesOf(CONTROL + "RequestPlaces", "current")).isEmpty();
            assertThat(debugger.valuesOf(CONTROL + "RequestPlaces", "monitored"))
                    .isEmpty();
            assertThat(debugger.valuesOf(CONTROL + "RunSlots", "used")).isEmpty();
            assertThat(debugger.valuesOf(CONTROL + "WaitQueue", "size")).isEmpty();
            assertThat(debugger.valuesOf(CONTROL + "BlockingPool", "waiting")).isEmpty();
            jvm.closeInput();
            assertThat(jvm.end().err()).doesNotContain("hook failed");
        }
    }
}
