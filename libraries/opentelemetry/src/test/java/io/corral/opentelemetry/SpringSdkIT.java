package io.corral.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import io.corral.integration.harness.RunningJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The SDK in a Spring Boot application whose tenants a rule makes. */
class SpringSdkIT {

    private static final int ROUNDS = 10_000_000;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void outermostSpansAreWhatTenantsUsedAndInnerOnesAreInThem(boolean isVirtual) throws Exception {
        Path rules = folder.resolve("rules.conf");
        Files.writeString(rules, "enter http -> /tenants/{header.X-Tenant}\n");
        RunningJvm jvm = ForkedJvm.on(Jdk.newest())
                .agentArguments("rules=" + rules)
                .flags(
                        "-Dotel.traces.exporter=memory",
                        "-Dotel.metrics.exporter=none",
                        "-Dotel.logs.exporter=none")
                .startMain(SpringSdkProgram.class, String.valueOf(isVirtual));
        try (jvm) {
            SpringClient.work(jvm.rest("port="), isVirtual, ROUNDS);
            jvm.closeInput();
            ForkedJvm.Outcome outcome = jvm.end();
            for (String tenant : new String[] {"acme", "globex"}) {
                String path = "/tenants/" + tenant;
                double used = outcome.number("cpu " + tenant) / 1e9;
                double outermost = seconds(outcome, path + " request");
                System.out.printf(
                        Locale.ROOT, "%s: spans %.4f s, container %.4f s%n", path, outermost, used);
                assertThat(outcome.number("spans " + path + " request"))
                        .isEqualTo(SpringClient.REQUESTS);
                assertThat(outermost).isCloseTo(used, withPercentage(3));
                assertThat(outcome.number("spans " + path + " query"))
                        .isEqualTo(SpringClient.REQUESTS);
                assertThat(seconds(outcome, path + " query"))
                        .isCloseTo(outermost / 2, withPercentage(15));
            }
        }
    }

    private static double seconds(ForkedJvm.Outcome outcome, String spans) {
        return Double.parseDouble(outcome.value("seconds " + spans));
    }
}
