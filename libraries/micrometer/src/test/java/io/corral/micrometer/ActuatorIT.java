package io.corral.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import io.corral.integration.harness.RunningJvm;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A real Spring Boot application, with and without the agent. */
class ActuatorIT {

    private static final String CPU = "corral_cpu_time_seconds_total";

    private static String get(String port, String path) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
        assertThat(connection.getResponseCode()).as(path).isEqualTo(200);
        try (InputStream in = connection.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** CPU seconds of a container; negative if it has no meter. */
    private static double seconds(String metrics, String container) {
        String name = CPU + "{corral_container=\"" + container + "\",corral_hierarchy=\"main\"} ";
        return metrics.lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
                .findFirst()
                .orElse(-1);
    }

    /** Scrapes until the meters have been renewed, which they are once a second. */
    private static String renewed(String port) throws IOException {
        String before = processTime(get(port, "/actuator/prometheus"));
        String metrics;
        do {
            metrics = get(port, "/actuator/prometheus");
        } while (processTime(metrics).equals(before));
        return metrics;
    }

    private static String processTime(String metrics) {
        return metrics.lines()
                .filter(line -> line.startsWith("corral_process_cpu_time_seconds_total "))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void actuatorShowsContainersWithTheirCpuTime() throws IOException {
        try (RunningJvm jvm = ForkedJvm.on(Jdk.newest()).startMain(ActuatorProgram.class)) {
            String port = jvm.rest("port=");
            get(port, "/work?tenant=acme");
            // A new container's meters are 0 in two readings.
            renewed(port);
            assertThat(seconds(renewed(port), "/tenants/acme")).isZero();
            long before = Long.parseLong(get(port, "/own?tenant=acme"));
            get(port, "/work?tenant=acme");
            double used = (Long.parseLong(get(port, "/own?tenant=acme")) - before) / 1e9;
            assertThat(seconds(renewed(port), "/tenants/acme")).isCloseTo(used, offset(1e-9));
            assertThat(get(
                            port,
                            "/actuator/metrics/corral.cpu.time?tag=corral.container:/tenants/acme"))
                    .contains("\"baseUnit\":\"seconds\"");
            get(port, "/remove?tenant=acme");
            renewed(port);
            assertThat(seconds(get(port, "/actuator/prometheus"), "/tenants/acme"))
                    .isNegative();
        }
    }

    @Test
    void withoutTheAgentTheApplicationRunsAndHasNoSuchMeters() throws IOException {
        try (RunningJvm jvm =
                ForkedJvm.on(Jdk.newest()).withoutAgent().startMain(ActuatorProgram.class)) {
            String port = jvm.rest("port=");
            assertThat(get(port, "/work?tenant=acme")).isEqualTo("done");
            assertHasNoMeters(port);
        }
    }

    /** The agent brings the API. */
    @Test
    void withoutTheApiTheApplicationRunsAndHasNoSuchMeters() throws IOException {
        String withoutApi = Stream.of(ForkedJvm.classPath().split(File.pathSeparator))
                .filter(each -> !each.contains("runtime"))
                .collect(Collectors.joining(File.pathSeparator));
        try (RunningJvm jvm = ForkedJvm.on(Jdk.newest())
                .withoutAgent()
                .start("-cp", withoutApi, ActuatorProgram.class.getName(), "bind")) {
            assertThat(jvm.rest("meters bound by hand: ")).isEqualTo("0");
            assertHasNoMeters(jvm.rest("port="));
        }
    }

    private static void assertHasNoMeters(String port) throws IOException {
        assertThat(get(port, "/actuator/prometheus"))
                .contains("jvm_memory_used")
                .doesNotContain("\ncorral_");
    }
}
