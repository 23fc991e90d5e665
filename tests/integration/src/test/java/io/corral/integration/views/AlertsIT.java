package io.corral.integration.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.corral.integration.harness.PrometheusServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The alerts, by Prometheus's own tool for tests of rules. */
class AlertsIT {

    private static final Path ALERTS =
            Path.of("../..", "docs", "corral-alerts.yml").toAbsolutePath().normalize();

    private static final String LABELS = "job=\"shop\",instance=\"a\",corral_hierarchy=\"main\"";

    @TempDir
    private Path folder;

    @BeforeAll
    static void assumePromtoolIsInstalled() {
        assumeTrue(
                PrometheusServer.isThere("promtool"),
                "there is no promtool on the path; Debian's package prometheus has it");
    }

    /**
     * Tests whether the alert fires for a tenant that takes all but a thousandth.
     *
     * @param cpu the CPU seconds that it uses in a minute
     * @param alerts what is expected, in YAML
     */
    private void assertAlertsOfDominantTenant(double cpu, String alerts) throws Exception {
        Path test = Files.writeString(folder.resolve("test.yml"), """
                rule_files: ["%s"]
                evaluation_interval: 1m
                tests:
                  - interval: 1m
                    input_series:
                      - series: corral_cpu_time_seconds_total{%s,corral_container="/tenants/acme"}
                        values: "0+%sx30"
                      - series: corral_cpu_time_seconds_total{%s,corral_container="/"}
                        values: "0+%sx30"
                    alert_rule_test:
                      - eval_time: 30m
                        alertname: CorralContainerTakesMostCpu
                        exp_alerts: %s
                """.formatted(
                        ALERTS, LABELS, cpu, LABELS, cpu / 1000, alerts));
        Process promtool = new ProcessBuilder("promtool", "test", "rules", test.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(promtool.waitFor()).as(said).isZero();
    }

    @Test
    void tenantThatTakesMostOfABusyServiceAlerts() throws Exception {
        assertAlertsOfDominantTenant(30, """
                [{exp_labels: {severity: warning, job: shop, instance: a, \
                corral_container: /tenants/acme}, exp_annotations: {summary: \
                "/tenants/acme takes 99.9% of the CPU time on a"}}]""");
    }

    @Test
    void tenantThatTakesMostOfAnIdleServiceDoesNotAlert() throws Exception {
        assertAlertsOfDominantTenant(0.6, "[]");
    }

    @Test
    void fileIsValid() throws IOException, InterruptedException {
        Process promtool = new ProcessBuilder("promtool", "check", "rules", ALERTS.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(promtool.waitFor()).as(said).isZero();
    }
}
