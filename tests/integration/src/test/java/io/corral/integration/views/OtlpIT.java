package io.corral.integration.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import io.corral.integration.harness.PrometheusServer;
import io.corral.integration.harness.RunningJvm;
import io.corral.integration.harness.Samples;
import io.corral.integration.support.CpuLoad;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The option {@code metrics=otlp}, into a real VictoriaMetrics. */
@Timeout(300)
class OtlpIT {

    /** Below the ports that the kernel gives to clients. */
    private static final String ADDRESS = "127.0.0.1:19428";

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    static List<Jdk> jdks() {
        return Jdk.eachInFullRun();
    }

    static Stream<Jdk> newest() {
        return Stream.of(Jdk.newest());
    }

    private static RunningJvm start(Jdk jdk, String service) {
        RunningJvm jvm = toVictoriaMetrics(jdk, service, 500).startMain(MetricsProgram.class);
        jvm.await("ready");
        return jvm;
    }

    private static ForkedJvm toVictoriaMetrics(Jdk jdk, String service, int intervalMillis) {
        return ForkedJvm.on(jdk)
                .agentArguments("metrics=otlp")
                .flags(CpuLoad.FLAG)
                .environment(
                        "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT",
                        "http://" + ADDRESS + "/opentelemetry/v1/metrics")
                .environment("OTEL_METRIC_EXPORT_INTERVAL", Integer.toString(intervalMillis))
                .environment("OTEL_SERVICE_NAME", service);
    }

    private Process victoriaMetrics() throws Exception {
        assumeTrue(
                PrometheusServer.isThere("victoria-metrics"),
                "there is no victoria-metrics on the path; Debian's package has it");
        Process collector = new ProcessBuilder(
                        "victoria-metrics",
                        "-opentelemetry.usePrometheusNaming",
                        "-httpListenAddr=" + ADDRESS,
                        "-search.latencyOffset=0s",
                        "-storageDataPath=" + folder.resolve("data"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        while (get("/health").isEmpty()) {
            Thread.onSpinWait();
        }
        return collector;
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("newest")
    void collectorHasTheMetricsOfTwoJvms(Jdk jdk) throws Exception {
        Process collector = victoriaMetrics();
        try (RunningJvm one = start(jdk, "one");
                RunningJvm other = start(jdk, "other")) {
            String cpu = "sum by (service_name) (corral_cpu_time_seconds_total{"
                    + "corral_hierarchy=\"main\",corral_container=\"/tenants/acme\"})";
            List<Map<String, Object>> found = query(cpu);
            while (found.size() < 2) {
                found = query(cpu);
            }
            assertThat(query("{__name__=~\"otel.*\"}")).isEmpty();
            one.writeLine("end");
            assertThat(one.end().exitCode()).isZero();
            assertThat(other.pid()).isPositive();
        } finally {
            collector.destroyForcibly().waitFor();
        }
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("newest")
    void collectorSeesAllUsageOfTenantsWithOneBurst(Jdk jdk) throws Exception {
        Process collector = victoriaMetrics();
        try (RunningJvm jvm = start(jdk, "one")) {
            awaitExports(1);
            Map<String, Long> used = ChargebackIT.burst(jvm, "/bursts", 300);
            awaitExports(exports() + 3);
            // Those of the JVM's end come before the next export.
            used.putAll(ChargebackIT.burst(jvm, "/last", 30));
            jvm.writeLine("end");
            assertThat(jvm.end().exitCode()).isZero();
            assertStored(used);
        } finally {
            collector.destroyForcibly().waitFor();
        }
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("newest")
    void jvmThatEndsBeforeItsSecondExportLosesNoUsage(Jdk jdk) throws Exception {
        Process collector = victoriaMetrics();
        try (RunningJvm jvm =
                toVictoriaMetrics(jdk, "one", 3_600_000).startMain(MetricsProgram.class)) {
            awaitExports(1);
            Map<String, Long> used = ChargebackIT.burst(jvm, "/bursts", 300);
            jvm.writeLine("end");
            assertThat(jvm.end().exitCode()).isZero();
            assertStored(used);
        } finally {
            collector.destroyForcibly().waitFor();
        }
    }

    /** It ends before its exporters are started. */
    @ParameterizedTest
    @MethodSource("jdks")
    void jvmThatEndsAtOnceLosesNoUsage(Jdk jdk) throws Exception {
        Process collector = victoriaMetrics();
        try {
            ForkedJvm.Outcome outcome;
            do {
                outcome = toVictoriaMetrics(jdk, "one", 60_000).runMain(BriefProgram.class);
                // On a busy machine the time may not suffice, and a line says so.
            } while (outcome.err().contains("could"));
            assertThat(outcome.exitCode()).isZero();
            assertThat(outcome.errLines()).isEmpty();
            assertStored(Map.of("/tenants/brief", outcome.number("used")));
        } finally {
            collector.destroyForcibly().waitFor();
        }
    }

    /** VictoriaMetrics shows a sample about a second after it has accepted it. */
    private void assertStored(Map<String, Long> used) throws Exception {
        Samples samples = counters();
        while (!samples.haveGrown(used.keySet())) {
            samples = counters();
        }
        samples.assertGrowth(used);
        samples.assertNoCounterFell();
    }

    private Samples counters() throws InterruptedException {
        Samples samples = new Samples();
        for (Map<String, Object> each : query("{__name__=~\"corral_.+_total\"}[1h]")) {
            samples.add(each);
        }
        return samples;
    }

    private int exports() throws InterruptedException {
        List<Map<String, Object>> count =
                query("count_over_time(corral_process_cpu_time_seconds_total[1h])");
        return count.isEmpty()
                ? 0
                : Integer.parseInt((String) ((List<?>) count.get(0).get("value")).get(1));
    }

    private void awaitExports(int exports) throws InterruptedException {
        while (exports() < exports) {
            Thread.onSpinWait();
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void jvmThatEndsSendsItsLastValues(Jdk jdk) throws Exception {
        BlockingQueue<String> bodies = new LinkedBlockingQueue<>();
        HttpServer collector = collector(exchange -> {
            bodies.add(new String(
                    exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        try (RunningJvm jvm = startPushing(collector, jdk, "5000")) {
            // The sender is warm from then on, and the next interval is far.
            bodies.take();
            jvm.writeLine("burn /tenants/last 1");
            jvm.writeLine("end");
            ForkedJvm.Outcome outcome = jvm.end();
            assertThat(outcome.exitCode()).isZero();
            assertThat(outcome.errLines()).as(outcome.err()).hasSize(2);
            assertThat(String.join("", bodies)).contains("/tenants/last");
        } finally {
            collector.stop(0);
        }
    }

    @ParameterizedTest
    @MethodSource("newest")
    void silentCollectorDoesNotDelayTheJvmsEnd(Jdk jdk) throws IOException {
        HttpServer collector = collector(exchange -> {});
        try (RunningJvm jvm = startPushing(collector, jdk, "3600000")) {
            jvm.writeLine("end");
            ForkedJvm.Outcome outcome = jvm.end();
            assertThat(outcome.exitCode()).isZero();
            assertThat(outcome.err())
                    .contains("corral: the last metrics could not be sent to " + url(collector)
                            + "/v1/metrics within 2 s\n");
        } finally {
            collector.stop(0);
        }
    }

    private static HttpServer collector(HttpHandler handler) throws IOException {
        HttpServer collector =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/metrics", handler);
        collector.start();
        return collector;
    }

    private static String url(HttpServer collector) {
        return "http://127.0.0.1:" + collector.getAddress().getPort();
    }

    private static RunningJvm startPushing(HttpServer collector, Jdk jdk, String intervalMillis) {
        RunningJvm jvm = ForkedJvm.on(jdk)
                .agentArguments("metrics=otlp,log=info")
                .flags(CpuLoad.FLAG)
                .environment("OTEL_EXPORTER_OTLP_ENDPOINT", url(collector))
                .environment("OTEL_METRIC_EXPORT_INTERVAL", intervalMillis)
                .startMain(MetricsProgram.class);
        jvm.errUntil("corral: the metrics go to " + url(collector) + "/v1/metrics");
        jvm.await("ready");
        return jvm;
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, Object>> query(String query) throws InterruptedException {
        String text =
                get("/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
        try {
            return text.isEmpty()
                    ? List.of()
                    : (List<Map<String, Object>>)
                            ((Map<String, Object>) JSON.std.mapFrom(text).get("data"))
                                    .get("result");
        } catch (IOException noJson) {
            throw new UncheckedIOException(text, noJson);
        }
    }

    /** The answer of VictoriaMetrics; empty while it starts. */
    private String get(String path) throws InterruptedException {
        try {
            return client.send(
                            HttpRequest.newBuilder(URI.create("http://" + ADDRESS + path))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException starting) {
            return "";
        }
    }
}
