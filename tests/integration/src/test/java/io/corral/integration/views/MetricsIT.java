package io.corral.integration.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import io.corral.integration.harness.PrometheusServer;
import io.corral.integration.harness.RunningJvm;
import io.corral.integration.support.CpuLoad;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The option {@code metrics=prometheus}. */
class MetricsIT {

    private static final String CPU = "corral_cpu_time_seconds_total";
    private static final String CPU_REMOVED = "corral_cpu_time_removed_seconds_total";

    private static final String QUEUED = "corral_cpu_queued_time_seconds_total";
    private static final String QUEUED_REMOVED = "corral_cpu_queued_time_removed_seconds_total";
    private static final String GC = "corral_gc_cpu_time_estimated_seconds_total";

    /** The system chooses the port, and the line says it. */
    private static final String OPTIONS = "metrics=prometheus:127.0.0.1:0,log=info";

    private static final String LINE = "corral: the metrics are at ";

    @TempDir
    private Path folder;

    static List<Jdk> jdks() {
        return Jdk.eachInFullRun();
    }

    static Stream<Jdk> newest() {
        return Stream.of(Jdk.newest());
    }

    private static RunningJvm start(Jdk jdk, String options) {
        RunningJvm jvm = ForkedJvm.on(jdk)
                .agentArguments(options)
                .flags(CpuLoad.FLAG, "-Dfile.encoding=UTF-8")
                .startMain(MetricsProgram.class);
        jvm.await("ready");
        return jvm;
    }

    private static String url(RunningJvm jvm) {
        return jvm.errRest(LINE);
    }

    /** The last line that the program prints before it is done. */
    private static String answer(RunningJvm jvm, String line) {
        jvm.writeLine(line);
        List<String> lines = jvm.until("done");
        return lines.size() < 2 ? "" : lines.get(lines.size() - 2);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void seriesAddUpToTheApisTotal(Jdk jdk) throws IOException {
        try (RunningJvm jvm = start(jdk, OPTIONS)) {
            String url = url(jvm);
            String properties = answer(jvm, "properties");
            double before = Double.parseDouble(answer(jvm, "total")) / 1e9;
            Scrape scrape = Scrape.of(url);
            double after = Double.parseDouble(answer(jvm, "total")) / 1e9;
            assertThat(scrape.sum(CPU) + scrape.sum(CPU_REMOVED))
                    .isBetween(before - 1e-6, after + 1e-6);
            for (String tenant : List.of("/tenants/acme", "/tenants/globex", "/tenants")) {
                double own = Double.parseDouble(answer(jvm, "own " + tenant)) / 1e9;
                assertThat(scrape.cpuSeconds(tenant)).as(tenant).isCloseTo(own, offset(1e-9));
            }
            String escaped = MetricsProgram.ODD_NAME.replace("\\", "\\\\").replace("\"", "\\\"");
            assertThat(scrape.cpuSeconds("/tenants/" + escaped)).isGreaterThan(0.009);
            assertThat(answer(jvm, "threads"))
                    .contains("HTTP-Dispatcher /jvm/corral", "corral-metrics-scrape /jvm/corral")
                    .doesNotContain("/threads", "/pools");
            assertThat(answer(jvm, "properties")).isEqualTo(properties);
            jvm.writeLine("end");
            assertThat(jvm.end().errLines()).hasSize(2);
        }
    }

    @ParameterizedTest
    @MethodSource("newest")
    void namesAndTypesArePrometheussOwn(Jdk jdk) throws Exception {
        assumeTrue(
                PrometheusServer.isThere("promtool"),
                "there is no promtool on the path; Debian's package prometheus has it");
        try (RunningJvm jvm = start(jdk, OPTIONS + ",queued=on")) {
            String url = url(jvm);
            answer(jvm, "queue /tenants/acme");
            answer(jvm, "gc");
            Path metrics = folder.resolve("metrics.txt");
            try (InputStream in = URI.create(url).toURL().openStream()) {
                Files.copy(in, metrics);
            }
            assertThat(metrics).content().contains("corral_threads{");
            Process promtool = new ProcessBuilder("promtool", "check", "metrics")
                    .redirectInput(metrics.toFile())
                    .redirectErrorStream(true)
                    .start();
            String said =
                    new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(said).isEmpty();
            assertThat(promtool.waitFor()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("newest")
    void newContainerIsZeroInItsFirstScrapeAndWholeInTheNext(Jdk jdk) throws IOException {
        try (RunningJvm jvm = start(jdk, OPTIONS)) {
            String url = url(jvm);
            Scrape before = Scrape.of(url);
            answer(jvm, "burn /tenants/late 50");
            answer(jvm, "total");
            Scrape first = Scrape.of(url);
            assertThat(first.cpuSeconds("/tenants/late")).isZero();
            double own = Double.parseDouble(answer(jvm, "own /tenants/late")) / 1e9;
            Scrape second = Scrape.of(url);
            assertThat(second.cpuSeconds("/tenants/late")).isCloseTo(own, offset(1e-9));
            assertThat(second.cpuSeconds("other")).isEqualTo(before.cpuSeconds("other"));
        }
    }

    @ParameterizedTest
    @MethodSource("newest")
    void containerThatIsMadeAgainBetweenTwoScrapesContinuesItsSeries(Jdk jdk) throws IOException {
        try (RunningJvm jvm = start(jdk, OPTIONS)) {
            String url = url(jvm);
            Scrape first = Scrape.of(url);
            answer(jvm, "remove /tenants/acme");
            answer(jvm, "burn /tenants/acme 30");
            double again = Double.parseDouble(answer(jvm, "own /tenants/acme")) / 1e9;
            answer(jvm, "total");
            Scrape second = Scrape.of(url);
            second.assertNoCounterFellSince(first);
            assertThat(second.cpuSeconds("/tenants/acme") - first.cpuSeconds("/tenants/acme"))
                    .isCloseTo(again, offset(1e-9));
        }
    }

    @ParameterizedTest
    @MethodSource("newest")
    void usageOfRemovedContainersIsNotAddedToTheirParents(Jdk jdk) throws IOException {
        try (RunningJvm jvm = start(jdk, OPTIONS)) {
            String url = url(jvm);
            Scrape first = Scrape.of(url);
            answer(jvm, "burn /tenants/acme 50");
            double acme = Double.parseDouble(answer(jvm, "own /tenants/acme")) / 1e9;
            answer(jvm, "remove /tenants/acme");
            Scrape second = Scrape.of(url);
            second.assertNoCounterFellSince(first);
            assertThat(second.cpuSeconds("/tenants")).isEqualTo(first.cpuSeconds("/tenants"));
            assertThat(second.sum(CPU_REMOVED) - first.sum(CPU_REMOVED))
                    .isCloseTo(first.cpuSeconds("/tenants/acme"), offset(1e-6));
            assertThat(second.cpuSeconds("other") - first.cpuSeconds("other"))
                    .isCloseTo(acme - first.cpuSeconds("/tenants/acme"), offset(1e-6));
        }
    }

    @ParameterizedTest
    @MethodSource("newest")
    void queuedTimeAddsUpToTheApisTotal(Jdk jdk) throws IOException {
        try (RunningJvm jvm = start(jdk, OPTIONS + ",queued=on")) {
            String url = url(jvm);
            answer(jvm, "queue /tenants/acme");
            Scrape first = Scrape.of(url);
            double queued = Double.parseDouble(answer(jvm, "queued")) / 1e9;
            assertThat(first.sum(QUEUED) + first.sum(QUEUED_REMOVED))
                    .isCloseTo(queued, offset(1e-6));
            assertThat(first.values().get(Scrape.name(QUEUED, "/tenants/acme")))
                    .isGreaterThan(0.04);
            answer(jvm, "remove /tenants/acme");
            Scrape second = Scrape.of(url);
            second.assertNoCounterFellSince(first);
            assertThat(second.sum(QUEUED_REMOVED)).isGreaterThan(0.04);
        }
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("newest")
    void queuedTimeIsAbsentIfItIsNotMeasured(Jdk jdk) throws IOException {
        try (RunningJvm jvm = start(jdk, OPTIONS)) {
            assertThat(Scrape.of(url(jvm)).count(QUEUED)).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("newest")
    void gcTimeIsDividedAmongTheContainers(Jdk jdk) throws IOException {
        try (RunningJvm jvm = start(jdk, OPTIONS)) {
            String url = url(jvm);
            answer(jvm, "gc");
            Scrape first = Scrape.of(url);
            double exact =
                    first.values().get(Scrape.name("corral_jvm_cpu_time_seconds_total", "/jvm/gc"));
            assertThat(exact).isPositive();
            assertThat(first.sum(GC)).isCloseTo(exact, offset(1e-6));
            answer(jvm, "gc");
            Scrape.of(url).assertNoCounterFellSince(first);
        }
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("newest")
    void countersNeverFallWhileContainersAreCreatedAndRemoved(Jdk jdk) throws IOException {
        try (RunningJvm jvm = start(jdk, OPTIONS + ",series=100")) {
            String url = url(jvm);
            answer(jvm, "storm");
            Scrape before = Scrape.of(url);
            for (int i = 0; i < 50; i++) {
                Scrape now = Scrape.of(url);
                now.assertNoCounterFellSince(before);
                assertThat(now.count(CPU)).isLessThanOrEqualTo(100);
                before = now;
            }
        }
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("newest")
    void scrapesMatchNoRuleForRequests(Jdk jdk) throws IOException {
        Path rules = Files.writeString(
                folder.resolve("rules.conf"), "enter http -> /requests/{method}\n");
        try (RunningJvm jvm = start(jdk, OPTIONS + ",rules=" + rules)) {
            String url = url(jvm);
            Scrape.of(url);
            assertThat(Scrape.of(url).values().keySet())
                    .noneMatch(name -> name.contains("/requests"));
        }
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("newest")
    void takenPortPrintsOneLine(Jdk jdk) throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String at = "127.0.0.1:" + taken.getLocalPort();
            try (RunningJvm jvm = start(jdk, "metrics=prometheus:" + at)) {
                jvm.errUntil(
                        "corral: no metrics for Prometheus at " + at + ": Address already in use;"
                                + " choose another address with metrics=prometheus:HOST:PORT");
                answer(jvm, "burn /tenants/acme 1");
                jvm.writeLine("end");
                assertThat(jvm.end().errLines()).hasSize(1);
            }
        }
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("newest")
    void jvmWithoutTheHttpServerModulePrintsOneLine(Jdk jdk) {
        try (RunningJvm jvm = ForkedJvm.on(jdk)
                .agentArguments(OPTIONS)
                .flags(CpuLoad.FLAG, "--limit-modules", "java.instrument,java.management")
                .startMain(MetricsProgram.class)) {
            jvm.errUntil("corral: no metrics for Prometheus: this JVM has no module"
                    + " jdk.httpserver; start it with --add-modules jdk.httpserver");
            jvm.writeLine("end");
            assertThat(jvm.end().exitCode()).isZero();
        }
    }
}
