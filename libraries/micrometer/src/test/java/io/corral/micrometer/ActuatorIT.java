package io.corral.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;
import static org.assertj.core.data.Percentage.withPercentage;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import io.corral.integration.harness.PrometheusServer;
import io.corral.integration.harness.RunningJvm;
import io.corral.integration.harness.Samples;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real Spring Boot application, with and without the agent. */
class ActuatorIT {

    private static final String CPU = "corral_cpu_time_seconds_total";

    @TempDir
    private Path folder;

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

    /**
     * Scrapes until the meters have been renewed twice, which they are once a second. The first
     * renewal may have begun before the call.
     */
    private static String renewed(String port) throws IOException {
        renewedOnce(port);
        return renewedOnce(port);
    }

    private static String renewedOnce(String port) throws IOException {
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
            // What was used before the first report is in the meter at once. The report itself may
            // lack a meter that it has made.
            assertThat(seconds(renewed(port), "/tenants/acme")).isCloseTo(own(port), offset(1e-9));
            get(port, "/work?tenant=acme");
            get(port, "/work?tenant=late");
            String metrics = renewed(port);
            assertThat(seconds(metrics, "/tenants/acme")).isCloseTo(own(port), offset(1e-9));
            // A new container's meters are 0 for two minutes.
            assertThat(seconds(renewed(port), "/tenants/late")).isZero();
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
    void observationOfARequestHasItsContainerAndCpuTime() throws IOException {
        try (RunningJvm jvm = ForkedJvm.on(Jdk.newest()).startMain(ActuatorProgram.class)) {
            String port = jvm.rest("port=");
            get(port, "/work?tenant=acme");
            double first = own(port);
            get(port, "/work?tenant=acme");
            double used = own(port) - first;
            String observed = get(port, "/observed");
            assertThat(observed).contains("keyValue(corral.container=/tenants/acme)");
            Matcher cpu = Pattern.compile("corral.cpu.time=([\\d.E-]+)").matcher(observed);
            assertThat(cpu.find()).as(observed).isTrue();
            assertThat(Double.parseDouble(cpu.group(1))).isCloseTo(used, withPercentage(10));
            assertThat(observed).containsPattern("corral.memory.allocated=\\d+");
        }
    }

    /** What the API says, in seconds. */
    private static double own(String port) throws IOException {
        return Long.parseLong(get(port, "/own?tenant=acme")) / 1e9;
    }

    @Tag("full")
    @Test
    @Timeout(300)
    void eachOfTwoPrometheusServersSeesAllUsageOfTenantsWithOneBurst() throws Exception {
        assumeTrue(
                PrometheusServer.isThere("prometheus"),
                "there is no prometheus on the path; Debian's package has it");
        try (RunningJvm jvm =
                ForkedJvm.on(Jdk.newest()).flags("-Dzero=PT5S").startMain(ActuatorProgram.class)) {
            String port = jvm.rest("port=");
            try (PrometheusServer one = scrapeEach(1_000, port);
                    PrometheusServer other = scrapeEach(1_700, port)) {
                one.awaitScrapes(2);
                other.awaitScrapes(2);
                Map<String, Long> used = new HashMap<>();
                get(port, "/bursts?tenants=300").lines().forEach(line -> {
                    String[] words = line.split(" ", -1);
                    used.put(words[0], Long.valueOf(words[1]));
                });
                // Longer than the meters are 0.
                other.awaitScrapes(other.scrapes() + 7);
                one.awaitScrapes(one.scrapes() + 2);
                for (PrometheusServer each : List.of(one, other)) {
                    Samples counters = each.counters();
                    counters.assertGrowth(used);
                    counters.assertNoCounterFell();
                }
            }
        }
    }

    private PrometheusServer scrapeEach(int millis, String port) throws IOException {
        return PrometheusServer.start(
                folder.resolve("each-" + millis),
                List.of("127.0.0.1:" + port),
                "/actuator/prometheus",
                millis);
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
            assertThat(jvm.rest("an observation has: ")).isEqualTo("[]");
            assertHasNoMeters(jvm.rest("port="));
        }
    }

    private static void assertHasNoMeters(String port) throws IOException {
        assertThat(get(port, "/actuator/prometheus"))
                .contains("jvm_memory_used")
                .doesNotContain("\ncorral_");
    }
}
