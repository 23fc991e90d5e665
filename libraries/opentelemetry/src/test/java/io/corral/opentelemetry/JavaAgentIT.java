package io.corral.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import com.fasterxml.jackson.jr.ob.JSON;
import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import io.corral.integration.harness.RunningJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OpenTelemetry's Java agent with this extension, and a Spring Boot application. */
class JavaAgentIT {

    private static final int ROUNDS = 40_000_000;

    @TempDir
    private Path folder;

    /** OpenTelemetry's agent starts before Corral's. */
    @Test
    void requestsOnVirtualThreadsHaveTheirTenantAndItsCpuTime() throws Exception {
        assertSpansAreWhatTenantsUsed(true, openTelemetry(), corral());
    }

    @Tag("full")
    @Test
    void requestsOnPlatformThreadsHaveTheirTenantAndItsCpuTime() throws Exception {
        assertSpansAreWhatTenantsUsed(false, corral(), openTelemetry());
    }

    private static String openTelemetry() {
        return "-javaagent:" + Path.of("target", "javaagent", "opentelemetry-javaagent.jar");
    }

    private String corral() throws IOException {
        Path rules = folder.resolve("rules.conf");
        Files.writeString(rules, "enter http -> /tenants/{header.X-Tenant}\n");
        return "-javaagent:" + ForkedJvm.agentJar() + "=rules=" + rules;
    }

    private static void assertSpansAreWhatTenantsUsed(boolean isVirtual, String... agents)
            throws Exception {
        RunningJvm jvm = ForkedJvm.on(Jdk.newest())
                .withoutAgent()
                .flags(agents)
                .flags(
                        "-Dotel.javaagent.extensions="
                                + Path.of("target", "corral-opentelemetry.jar"),
                        "-Dotel.traces.exporter=logging-otlp",
                        "-Dotel.metrics.exporter=none",
                        "-Dotel.logs.exporter=none")
                .startMain(SpringProgram.class, String.valueOf(isVirtual));
        try (jvm) {
            SpringClient.work(jvm.rest("port="), isVirtual, ROUNDS);
            jvm.closeInput();
            ForkedJvm.Outcome outcome = jvm.end();
            Map<String, Double> seconds = new HashMap<>();
            List<Map<String, Object>> spans = serverSpans(outcome.err());
            assertThat(spans)
                    .as(outcome.err())
                    .hasSize(SpringClient.WARM_UP + 2 * SpringClient.REQUESTS);
            for (Map<String, Object> each : spans.subList(SpringClient.WARM_UP, spans.size())) {
                seconds.merge(
                        Objects.requireNonNull((String) each.get("corral.container")),
                        Objects.requireNonNull((Double) each.get("corral.cpu.time")),
                        Double::sum);
            }
            assertThat(seconds).containsOnlyKeys("/tenants/acme", "/tenants/globex");
            for (String tenant : List.of("acme", "globex")) {
                assertThat(seconds.get("/tenants/" + tenant))
                        .isCloseTo(outcome.number("cpu " + tenant) / 1e9, withPercentage(3));
            }
        }
    }

    /** The attributes of each span of a server, from lines with OTLP's JSON. */
    private static List<Map<String, Object>> serverSpans(String log) throws IOException {
        List<Map<String, Object>> spans = new ArrayList<>();
        for (String line : log.lines().toList()) {
            int start = line.indexOf("{\"resource\"");
            if (start >= 0) {
                collect(JSON.std.anyFrom(line.substring(start)), spans);
            }
        }
        return spans;
    }

    private static void collect(@Nullable Object json, List<Map<String, Object>> spans) {
        if (json instanceof List<?> list) {
            list.forEach(each -> collect(each, spans));
        } else if (json instanceof Map<?, ?> map) {
            if (map.containsKey("spanId") && Integer.valueOf(2).equals(map.get("kind"))) {
                spans.add(attributes((List<?>) map.get("attributes")));
            }
            map.values().forEach(each -> collect(each, spans));
        }
    }

    private static Map<String, Object> attributes(@Nullable List<?> pairs) {
        Map<String, Object> attributes = new HashMap<>();
        for (Object each : Objects.requireNonNull(pairs)) {
            Map<?, ?> pair = (Map<?, ?>) each;
            Map<?, ?> value = (Map<?, ?>) pair.get("value");
            attributes.put((String) pair.get("key"), value.values().iterator().next());
        }
        return attributes;
    }
}
