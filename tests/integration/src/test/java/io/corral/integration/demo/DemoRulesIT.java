package io.corral.integration.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.corral.integration.harness.Jdk;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A rules file does for the demo's service what its filter does. */
@Isolated("measures the process")
class DemoRulesIT {

    private static final List<String> TENANTS = List.of("acme", "globex", "initech");
    private static final List<String> ENDPOINTS = List.of("orders", "digest", "report", "query");

    static List<Jdk> jdks() {
        return Jdk.eachInFullRun();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void rulesChargeTenantsAsTheFilterDoes(Jdk jdk) {
        Map<String, Long> cpuNanos = DemoRun.shared(jdk).cpuNanosOfLoad();
        for (String tenant : TENANTS) {
            assertThat(cpuNanos.get("tenant-by-rule:/tenants/" + tenant))
                    .as(tenant)
                    .isCloseTo(cpuNanos.get("main:/tenants/" + tenant), withinPercentage(2));
        }
    }

    /**
     * The rule's method calls the filter, so the rule is also charged what the filter itself costs.
     */
    @Tag("full")
    @ParameterizedTest
    @MethodSource("jdks")
    void rulesChargeEndpointsAsTheFilterDoes(Jdk jdk) {
        Map<String, Long> cpuNanos = DemoRun.shared(jdk).cpuNanosOfLoad();
        // Each endpoint has the same number of requests.
        double filterOfEach = (cpuNanos.get("around:/filter") - cpuNanos.get("within:/servlet"))
                / (double) ENDPOINTS.size();
        for (String endpoint : ENDPOINTS) {
            double rule = cpuNanos.get("endpoint-by-rule:/" + endpoint);
            double filter = cpuNanos.get("endpoint:/" + endpoint);
            String charged = endpoint + ": " + rule + " by the rule, " + filter
                    + " by the filter, the filter itself " + filterOfEach;
            System.out.println("DemoRulesIT on " + jdk + ": " + charged);
            assertThat(rule / filter).as(charged).isGreaterThan(0.98);
            assertThat((rule - filterOfEach) / filter).as(charged).isLessThan(1.02);
        }
    }

    @Tag("full")
    @Test
    void serviceWithoutAFilterIsCountedByTheRulesAlone() {
        DemoRun run =
                DemoRun.run(Jdk.newest(), "--rules", DemoRun.RULES.toString(), "--requests", "200");
        Map<String, Long> cpuNanos = run.cpuNanosOfLoad();
        for (String tenant : TENANTS) {
            assertThat(cpuNanos.get("main:/tenants/" + tenant)).as(tenant).isPositive();
        }
        for (String endpoint : ENDPOINTS) {
            assertThat(cpuNanos.get("endpoint:/" + endpoint)).as(endpoint).isPositive();
        }
        assertThat(run.check().differences()).isEmpty();
    }
}
