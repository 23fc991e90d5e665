package io.corral.integration.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import io.corral.integration.harness.PrometheusServer;
import io.corral.integration.harness.RunningJvm;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard and the alerts, on a Prometheus that scrapes two JVMs with the demo's service. */
@Tag("full")
@Timeout(300)
class DashboardIT {

    private static final Path DOCS = Path.of("../..", "docs");
    private static final Pattern ALERT =
            Pattern.compile("expr: >-\n(.*?)\n +> [0-9.]+\n", Pattern.DOTALL);

    private static final List<String> TENANTS = List.of("acme", "globex", "initech");

    /** All requests of this one are refused. */
    private static final String REFUSED = "trial";

    private static final String RULES = """
            enter http -> /tenants/{header.X-Tenant}
            limit /tenants/trial requests.max 0
            limit /tenants/* fair
            """;

    @TempDir
    private Path folder;

    @BeforeAll
    static void assumePrometheusIsInstalled() {
        assumeTrue(
                PrometheusServer.isThere("prometheus"),
                "there is no prometheus on the path; Debian's package has it");
    }

    @Test
    void eachQueryOfDashboardAndAlertsReturnsData() throws Exception {
        try (RunningJvm one = start();
                RunningJvm other = start();
                PrometheusServer prometheus =
                        PrometheusServer.start(folder, List.of(target(one), target(other)))) {
            List<Integer> ports = List.of(port(one), port(other));
            String both = "sum by (corral_container)"
                    + " (rate(corral_cpu_time_seconds_total{corral_hierarchy=\"main\","
                    + "corral_container=~\"/tenants/.+\"}[10s]))";
            List<Map<String, Object>> tenants = List.of();
            while (tenants.size() < TENANTS.size()) {
                request(ports);
                tenants = prometheus.query(both);
            }
            assertThat(tenants).hasSize(TENANTS.size());
            List<String> queries = queries();
            for (String query : queries) {
                assertThat(prometheus.await(query, 1)).as(query).isNotEmpty();
            }
            for (String query : queries) {
                if (query.contains("corral_limit_shed_total")) {
                    refuse(prometheus, ports, query);
                }
            }
        }
    }

    /** The query names the tenant whose requests are refused, and no other one. */
    private static void refuse(PrometheusServer prometheus, List<Integer> ports, String query)
            throws Exception {
        List<Map<String, Object>> refusing = List.of();
        while (refusing.isEmpty()) {
            for (int port : ports) {
                assertThat(status(port, REFUSED)).isEqualTo(429);
            }
            refusing = prometheus.query("(" + query + ") > 0");
        }
        assertThat(refusing).allMatch(series -> series.get("metric").toString().contains(REFUSED));
    }

    private RunningJvm start() throws IOException {
        String examples = ForkedJvm.examplesDir();
        Path rules = Files.writeString(folder.resolve("rules.conf"), RULES);
        return ForkedJvm.on(Jdk.newest())
                .agentArguments("metrics=prometheus:127.0.0.1:0,log=info,queued=on,rules=" + rules)
                .start(
                        "-Xmx256m",
                        "-cp",
                        examples + "/corral-examples.jar" + File.pathSeparator + examples
                                + "/lib/*",
                        "io.corral.examples.service.Service",
                        "0",
                        "unfiltered");
    }

    /** Where Prometheus finds the metrics. */
    private static String target(RunningJvm jvm) {
        return jvm.errRest("corral: the metrics are at http://").replace("/metrics", "");
    }

    private static int port(RunningJvm jvm) {
        return Integer.parseInt(jvm.rest("ready "));
    }

    /** One for each tenant, to each of the services. */
    private static void request(List<Integer> ports) throws IOException {
        for (int port : ports) {
            for (String tenant : TENANTS) {
                assertThat(status(port, tenant)).isEqualTo(200);
            }
        }
    }

    private static int status(int port, String tenant) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + port + "/digest").toURL().openConnection();
        connection.setRequestProperty("X-Tenant", tenant);
        int status = connection.getResponseCode();
        InputStream body = status < 400 ? connection.getInputStream() : connection.getErrorStream();
        body.readAllBytes();
        return status;
    }

    /** Those of the dashboard, with values for its variables; and those of the alerts. */
    private static List<String> queries() throws IOException {
        List<String> queries = new ArrayList<>();
        Map<String, Object> dashboard =
                JSON.std.mapFrom(Files.readString(DOCS.resolve("grafana-corral.json")));
        for (Object panel : (List<?>) dashboard.get("panels")) {
            for (Object target : (List<?>) ((Map<?, ?>) panel).get("targets")) {
                String query = (String) ((Map<?, ?>) target).get("expr");
                assertThat(query).contains("job=~\"$job\",instance=~\"$instance\"");
                queries.add(query.replace("$job", ".*")
                        .replace("$instance", ".*")
                        .replace("$__range", "1m")
                        .replace("$hierarchy", "main")
                        .replace("$tenants", "/tenants/")
                        .replace("$__rate_interval", "10s"));
            }
        }
        // Without the threshold.
        Matcher alert = ALERT.matcher(Files.readString(DOCS.resolve("corral-alerts.yml")));
        while (alert.find()) {
            queries.add(alert.group(1).replace("[5m]", "[10s]"));
        }
        assertThat(queries).hasSize(23).noneMatch(query -> query.contains("$"));
        return queries;
    }
}
