package io.corral.integration.views;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import io.corral.integration.harness.PrometheusServer;
import io.corral.integration.harness.RunningJvm;
import io.corral.integration.harness.Samples;
import io.corral.integration.support.CpuLoad;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tenants that use the CPU once, for less than an interval: what monitoring systems see grow is
 * what the API says.
 */
@Tag("full")
@Timeout(300)
class ChargebackIT {

    private static final int TENANTS = 300;

    @TempDir
    private Path folder;

    static Stream<Jdk> newest() {
        return Stream.of(Jdk.newest());
    }

    /** What each tenant has used, by its path, as the program says. */
    static Map<String, Long> burst(RunningJvm jvm, String parent, int tenants) {
        jvm.writeLine("tenants " + parent + " " + tenants);
        Map<String, Long> used = new LinkedHashMap<>();
        for (String line : jvm.until("done")) {
            if (line.startsWith(parent)) {
                String[] words = line.split(" ", -1);
                used.put(words[0], Long.valueOf(words[1]));
            }
        }
        return used;
    }

    private static void awaitMoreScrapes(PrometheusServer prometheus, int more) throws Exception {
        prometheus.awaitScrapes(prometheus.scrapes() + more);
    }

    @ParameterizedTest
    @MethodSource("newest")
    void eachOfTwoPrometheusServersSeesAllUsageOfTenantsWithOneBurst(Jdk jdk) throws Exception {
        assumeTrue(
                PrometheusServer.isThere("prometheus"),
                "there is no prometheus on the path; Debian's package has it");
        try (RunningJvm jvm = ForkedJvm.on(jdk)
                .agentArguments("metrics=prometheus:127.0.0.1:0,log=info")
                .flags(CpuLoad.FLAG)
                .startMain(MetricsProgram.class)) {
            jvm.await("ready");
            int port = URI.create(jvm.errRest("corral: the metrics are at ")).getPort();
            try (Forwarder forwarder = new Forwarder(port);
                    PrometheusServer one = PrometheusServer.start(
                            folder.resolve("one"),
                            List.of("127.0.0.1:" + port),
                            "/metrics",
                            1_000);
                    PrometheusServer other = PrometheusServer.start(
                            folder.resolve("other"),
                            List.of(forwarder.address()),
                            "/metrics",
                            1_700)) {
                one.awaitScrapes(2);
                other.awaitScrapes(2);
                Map<String, Long> used = burst(jvm, "/bursts", TENANTS);
                awaitMoreScrapes(other, 3);
                awaitMoreScrapes(one, 3);
                for (PrometheusServer each : List.of(one, other)) {
                    Samples counters = each.counters();
                    counters.assertGrowth(used);
                    counters.assertNoCounterFell();
                }
            }
        }
    }
}
