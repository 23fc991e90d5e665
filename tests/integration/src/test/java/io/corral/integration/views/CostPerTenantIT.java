package io.corral.integration.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import io.corral.integration.harness.PrometheusServer;
import io.corral.integration.harness.RunningJvm;
import io.corral.integration.harness.ToolCommand;
import io.corral.integration.support.CpuLoad;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What each tenant has used over two JVMs: by the recording rules, and as CSV. */
@Timeout(300)
class CostPerTenantIT {

    private static final Path DOCS = Path.of("../..", "docs").toAbsolutePath().normalize();
    private static final Path RULES = DOCS.resolve("corral-cost.yml");
    private static final int TENANTS = 40;
    private static final String LABELS = "job=\"shop\",corral_hierarchy=\"main\"";

    @TempDir
    private Path folder;

    @BeforeAll
    static void assumePrometheusIsInstalled() {
        assumeTrue(
                PrometheusServer.isThere("promtool"),
                "there is no promtool on the path; Debian's package prometheus has it");
    }

    /** The ledger has what the API of each JVM says. One JVM has more tenants than the other. */
    @Test
    void monthAndCsvAreWhatTheApisOfTwoJvmsSay() throws Exception {
        try (RunningJvm one = start(Jdk.all().get(0));
                RunningJvm other = start(Jdk.newest())) {
            String first = url(one);
            String second = url(other);
            try (PrometheusServer prometheus = PrometheusServer.start(
                    folder.resolve("prometheus"), List.of(host(first), host(second)), rules())) {
                prometheus.awaitScrapes(2);
                Map<String, Long> ledger = new HashMap<>();
                for (int round = 0; round < 3; round++) {
                    // The program says what its tenants have used since its start.
                    ledger = ChargebackIT.burst(one, "/tenants", TENANTS);
                    ChargebackIT.burst(other, "/tenants", TENANTS / 2)
                            .forEach(new Sums(ledger)::add);
                    prometheus.awaitScrapes(prometheus.scrapes() + 2);
                }
                // The rules look a little into the past.
                prometheus.awaitScrapes(prometheus.scrapes() + 8);
                assertAll(ledger, month(prometheus), "month");
                assertAll(ledger, csv(first, second), "CSV");
            }
        }
    }

    private record Sums(Map<String, Long> all) {
        void add(String tenant, long nanos) {
            all.merge(tenant, nanos, Long::sum);
        }
    }

    private static void assertAll(Map<String, Long> ledger, Map<String, Double> found, String by) {
        assertThat(ledger).hasSize(TENANTS);
        double sum = 0;
        double worst = 0;
        for (Map.Entry<String, Long> each : ledger.entrySet()) {
            double seconds = each.getValue() / 1e9;
            assertThat(found.get(each.getKey()))
                    .as(by + " of " + each.getKey())
                    .isCloseTo(seconds, withinPercentage(1));
            sum += found.get(each.getKey());
            worst = Math.max(worst, Math.abs(found.get(each.getKey()) / seconds - 1));
        }
        double whole = ledger.values().stream().mapToLong(Long::longValue).sum() / 1e9;
        System.out.println("CostPerTenantIT: by " + by + " " + sum + " s, by the APIs " + whole
                + " s; the tenant that differs most by " + worst);
        assertThat(sum).isCloseTo(whole, withinPercentage(1));
    }

    /** The seconds of each tenant, by the query of the page. */
    private static Map<String, Double> month(PrometheusServer prometheus) throws Exception {
        String query = Files.readString(DOCS.resolve("cost-per-tenant.md"))
                .lines()
                .filter(line -> line.startsWith("sum by ") && line.contains("[30d]"))
                .findFirst()
                .orElseThrow();
        Map<String, Double> seconds = new HashMap<>();
        for (Map<String, Object> each : prometheus.query(query)) {
            seconds.put(
                    (String) ((Map<?, ?>) each.get("metric")).get("corral_container"),
                    Double.valueOf((String) ((List<?>) each.get("value")).get(1)));
        }
        return seconds;
    }

    private Map<String, Double> csv(String... urls) {
        ForkedJvm.Outcome ls = new ToolCommand(Jdk.newest(), folder)
                .run("ls", urls[0], urls[1], "/tenants", "--csv");
        assertThat(ls.exitCode()).as(ls.toString()).isZero();
        // The name has a quote, which is doubled.
        assertThat(ls.out())
                .contains(",\"/tenants/" + MetricsProgram.ODD_NAME.replace("\"", "\"\"") + "\",");
        List<String> lines = ls.out().lines().toList();
        List<String> columns = List.of(lines.get(0).split(",", -1));
        Map<String, Double> seconds = new HashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split(",", -1);
            seconds.put(
                    fields[columns.indexOf("container")],
                    Double.valueOf(fields[columns.indexOf("cpu_seconds")]));
        }
        return seconds;
    }

    private static RunningJvm start(Jdk jdk) {
        return ForkedJvm.on(jdk)
                .agentArguments("metrics=prometheus:127.0.0.1:0,log=info")
                .flags(CpuLoad.FLAG)
                .startMain(MetricsProgram.class);
    }

    private static String url(RunningJvm jvm) {
        jvm.await("ready");
        return jvm.errRest("corral: the metrics are at ").replace("/metrics", "");
    }

    private static String host(String url) {
        return URI.create(url).getAuthority();
    }

    /** The rules with seconds instead of minutes. */
    private List<Path> rules() throws Exception {
        String text = Files.readString(RULES);
        String quick = text.replace("interval: 1m", "interval: 2s")
                .replace("[1m]", "[2s]")
                .replace("[10m]", "[20s]")
                .replace("offset 30s", "offset 1s")
                .replace("offset 90s", "offset 3s");
        assertThat(quick).isNotEqualTo(text);
        return List.of(Files.writeString(folder.resolve("quick.yml"), quick));
    }

    @Test
    void rulesAreValid() throws Exception {
        promtool("check", "rules", RULES.toString());
    }

    /** Each series is scraped each 15 seconds, and the rules see it up to half a minute ago. */
    @Test
    void newEndedRestartedAndMissingSeriesCountOnce() throws Exception {
        Path test = Files.writeString(
                folder.resolve("test.yml"),
                """
                rule_files: ["%s"]
                evaluation_interval: 1m
                tests:
                  - interval: 15s
                    input_series:
                """.formatted(RULES)
                        + series("steady", "a", "0+3x400")
                        + series("steady", "b", "1000+3x400")
                        + series("burst", "a", "_x41 0 50 50 50 50 50 stale")
                        + series("restarted", "a", "0+1x39 0+1x39")
                        + series("gap", "a", "0+1x40 _x20 100+1x100")
                        + series("longer", "a", "0+1x40 _x80 1000+1x100")
                        + """
                    promql_expr_test:
                      - expr: sum by (corral_container) \
                (sum_over_time(corral:tenant_cpu_seconds:increase1m[1h]))
                        eval_time: 60m
                        exp_samples:
                """
                        + expected("steady", 2 * 3 * 238)
                        + expected("burst", 50)
                        + expected("restarted", 77)
                        + expected("gap", 200)
                        + expected("longer", 140));
        promtool("test", "rules", test.toString());
    }

    private static String series(String tenant, String instance, String values) {
        return """
                      - series: 'corral_cpu_time_seconds_total{%s,instance="%s",\
                corral_container="/tenants/%s"}'
                        values: "%s"
                """.formatted(LABELS, instance, tenant, values);
    }

    private static String expected(String tenant, int seconds) {
        return """
                          - labels: '{corral_container="/tenants/%s"}'
                            value: %s
                """.formatted(tenant, seconds);
    }

    private static void promtool(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(words));
        Process promtool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(promtool.waitFor()).as(said).isZero();
    }
}
