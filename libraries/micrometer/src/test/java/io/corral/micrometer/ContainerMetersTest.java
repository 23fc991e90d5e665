package io.corral.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.data.Offset.offset;

import io.corral.Container;
import io.corral.metricseries.Ledger;
import io.corral.metricseries.Metric;
import io.corral.metricseries.Series;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.CountingMode;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Meters in registries, against a ledger that is kept by hand. */
class ContainerMetersTest {

    private static final String CPU = "corral_cpu_time_seconds_total";
    private static final double NANO = 1e-9;

    /** How long the meters of a new container are 0. */
    private static final long ZERO_NANOS = 120_000_000_000L;

    private static int ledgers;

    private final String name = "meters-" + ledgers++;
    private final Ledger ledger = new Ledger(name);
    private final Container root = ledger.hierarchy.root();
    private final PrometheusMeterRegistry prometheus =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    /** The time as the meters see it. */
    private long nanoTime;

    private int snapshots;

    private ContainerMeters bindTo(MeterRegistry registry, int series) {
        ContainerMeters meters = new ContainerMeters(
                registry,
                () -> new Series(series, () -> nanoTime),
                ZERO_NANOS,
                () -> {
                    snapshots++;
                    return ledger.snapshot();
                },
                () -> nanoTime);
        meters.bind();
        return meters;
    }

    /** The values of a metric by the text of its labels, a second after those before. */
    private Map<String, Double> scrape(String metric) {
        return scrapeAfter(1, metric);
    }

    private Map<String, Double> scrapeAfter(long seconds, String metric) {
        nanoTime += seconds * 1_000_000_000;
        Map<String, Double> values = new HashMap<>();
        prometheus
                .scrape()
                .lines()
                .filter(line -> line.startsWith(metric + "{"))
                .forEach(line -> {
                    int end = line.lastIndexOf(' ');
                    values.put(
                            line.substring(metric.length(), end),
                            Double.valueOf(line.substring(end + 1)));
                });
        return values;
    }

    private String labels(String container) {
        return "{corral_container=\"" + container + "\",corral_hierarchy=\"" + name + "\"}";
    }

    @Test
    void namesAndUnitsAreThoseOfTheExporter() {
        bindTo(prometheus, 100);
        TreeSet<String> names = new TreeSet<>();
        prometheus
                .scrape()
                .lines()
                .filter(line -> line.startsWith("# TYPE "))
                .forEach(line -> names.add(line.split(" ", -1)[2]));
        TreeSet<String> expected = new TreeSet<>();
        for (Metric metric : Metric.values()) {
            String unit = switch (metric.unit()) {
                case SECONDS -> "_seconds";
                case BYTES -> "_bytes";
                case THREADS, WAITS, REQUESTS, ONE -> "";
            };
            expected.add(metric.prometheusKey().replace('.', '_')
                    + unit
                    + (metric.kind() == Metric.Kind.COUNTER ? "_total" : ""));
        }
        assertThat(expected).containsAll(names);
        assertThat(names).contains(CPU, "corral_threads", "corral_cpu_unattributed_seconds");
    }

    @Test
    void metersOfExistingContainersHaveTheirUsage() {
        Container acme = ledger.create(root, "acme");
        ledger.charge(acme, 3_000_000_000L);
        bindTo(prometheus, 100);
        ledger.charge(acme, 500_000_000);
        assertThat(scrape(CPU)).containsEntry(labels("/acme"), 3.5);
    }

    @Test
    void firstReportHasWhatAnyContainerUsed() {
        bindTo(prometheus, 100);
        Container acme = ledger.create(root, "acme");
        ledger.charge(acme, 100_000_000);
        prometheus.scrape();
        assertThat(scrape(CPU)).containsEntry(labels("/acme"), 0.1);
    }

    @Test
    void newContainerIsZeroForTwoMinutesAndThenWhole() {
        bindTo(prometheus, 100);
        scrape(CPU);
        Container late = ledger.create(root, "late");
        ledger.charge(late, 100_000_000);
        assertThat(scrape(CPU).getOrDefault(labels("/late"), 0.0)).isZero();
        assertThat(scrapeAfter(60, CPU)).containsEntry(labels("/late"), 0.0);
        ledger.charge(late, 7_000_000);
        assertThat(scrapeAfter(59, CPU)).containsEntry(labels("/late"), 0.0);
        assertThat(scrapeAfter(1, CPU))
                .containsEntry(labels("/late"), 0.107)
                .containsEntry(labels("other"), 0.0);
    }

    /** The report in which a meter is registered may skip it, as this one does. */
    @Test
    void newContainerIsZeroInTheFirstReportThatHasItHoweverLongTheInterval() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        bindTo(registry, 100);
        report(registry);
        ledger.charge(ledger.create(root, "late"), 100_000_000);
        assertThat(report(registry)).doesNotContainKey("/late");
        assertThat(report(registry)).containsEntry("/late", 0.0);
        assertThat(report(registry)).containsEntry("/late", 0.1);
    }

    /** The CPU times that a registry reports each ten minutes, by container. */
    private Map<String, Double> report(SimpleMeterRegistry registry) {
        nanoTime += 600_000_000_000L;
        Map<String, Double> values = new HashMap<>();
        for (Meter each : registry.getMeters()) {
            if (each instanceof FunctionCounter counter
                    && each.getId().getName().equals("corral.cpu.time")) {
                values.put(each.getId().getTag("corral.container"), counter.count());
            }
        }
        return values;
    }

    @Test
    void registriesOfACompositeAllSeeTheZeroFirst() {
        CompositeMeterRegistry composite = new CompositeMeterRegistry();
        SimpleMeterRegistry other = new SimpleMeterRegistry();
        composite.add(prometheus);
        composite.add(other);
        bindTo(composite, 100);
        scrape(CPU);
        Container late = ledger.create(root, "late");
        ledger.charge(late, 100_000_000);
        scrapeAfter(15, CPU);
        scrapeAfter(15, CPU);
        scrapeAfter(15, CPU);
        assertThat(cpu(other, "/late")).isZero();
        nanoTime += ZERO_NANOS;
        assertThat(cpu(other, "/late")).isEqualTo(0.1);
        assertThat(scrape(CPU)).containsEntry(labels("/late"), 0.1);
    }

    private static double cpu(MeterRegistry registry, String container) {
        return registry.get("corral.cpu.time")
                .tag("corral.container", container)
                .functionCounter()
                .count();
    }

    @Test
    void metersOfARemovedContainerAreRemoved() {
        Container acme = ledger.create(root, "acme");
        ledger.charge(acme, 3_000_000_000L);
        bindTo(prometheus, 100);
        ledger.remove(acme);
        scrape(CPU);
        assertThat(scrape(CPU)).doesNotContainKey(labels("/acme"));
        assertThat(scrape("corral_cpu_time_removed_seconds_total").values()).containsExactly(3.0);
        assertThat(prometheus.getMeters())
                .extracting(each -> each.getId().getTag("corral.container"))
                .doesNotContain("/acme");
    }

    /** What a monitoring system sees grow is what the ledger charged. */
    @Test
    void ratesAreExactWhileContainersComeAndGo() {
        Random chance = new Random(1);
        List<Container> live = tenants(500);
        bindTo(prometheus, 200);
        Map<String, Double> last = scrape(CPU);
        long charged = ledger.totalNanos;
        double grown = 0;
        int made = live.size();
        for (int round = 0; round < 30; round++) {
            for (int i = 0; i < 200; i++) {
                int at = chance.nextInt(live.size());
                ledger.charge(live.get(at), chance.nextInt(1_000_000));
                if (chance.nextInt(4) == 0) {
                    ledger.remove(live.get(at));
                    live.set(at, ledger.create(root, "t" + made++));
                }
            }
            Map<String, Double> now = scrapeAfter(60, CPU);
            // A report that is under way may still show a meter that was removed.
            assertThat(prometheus.find("corral.cpu.time").meters()).hasSizeLessThanOrEqualTo(200);
            for (Map.Entry<String, Double> each : now.entrySet()) {
                Double before = last.get(each.getKey());
                if (before == null) {
                    assertThat(each.getValue()).as(each.getKey()).isZero();
                } else {
                    assertThat(each.getValue()).isGreaterThanOrEqualTo(before);
                    grown += each.getValue() - before;
                }
            }
            last = now;
        }
        for (int i = 0; i < 3; i++) {
            Map<String, Double> now = scrapeAfter(60, CPU);
            for (Map.Entry<String, Double> each : now.entrySet()) {
                grown += each.getValue() - last.getOrDefault(each.getKey(), 0.0);
            }
            last = now;
        }
        assertThat(grown).isCloseTo((ledger.totalNanos - charged) * NANO, offset(1e-6));
    }

    /** Such a registry reports what its counters have grown by in each step. */
    @Test
    void stepsAreExactWhenARemovedPathIsCreatedAgain() {
        MockClock clock = new MockClock();
        SimpleMeterRegistry steps = new SimpleMeterRegistry(
                new SimpleConfig() {
                    @Override
                    public String get(String key) {
                        return null;
                    }

                    @Override
                    public Duration step() {
                        return Duration.ofSeconds(10);
                    }

                    @Override
                    public CountingMode mode() {
                        return CountingMode.STEP;
                    }
                },
                clock);
        bindTo(steps, 100);
        Container acme = ledger.create(root, "acme");
        for (int step = 0; step < 10; step++) {
            ledger.charge(acme, 1_000_000_000);
            if (step == 5) {
                ledger.remove(acme);
                acme = ledger.create(root, "acme");
            }
            for (int read = 0; read < 2; read++) {
                nanoTime += 10_000_000_000L;
                clock.add(Duration.ofSeconds(10));
                for (Meter each : steps.getMeters()) {
                    if (each instanceof FunctionCounter counter) {
                        assertThat(counter.count()).as("%s", each.getId()).isNotNegative();
                    }
                }
            }
        }
    }

    @Test
    void readingManyMetersTakesOneSnapshotASecond() {
        tenants(50);
        bindTo(prometheus, 100);
        prometheus.scrape();
        snapshots = 0;
        for (int i = 0; i < 10; i++) {
            nanoTime += 100_000_000;
            prometheus.scrape();
        }
        assertThat(snapshots).isEqualTo(1);
    }

    @Test
    void registryThatDeniesMetersGetsNone() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        registry.config().meterFilter(MeterFilter.denyNameStartsWith("corral"));
        ContainerMeters meters = bindTo(registry, 100);
        ledger.create(root, "late");
        meters.renewIfOld();
        assertThat(registry.getMeters()).isEmpty();
    }

    /** It would fail the report of the application's own meters, too. */
    @Test
    void failureDoesNotReachTheRegistry() {
        Container acme = ledger.create(root, "acme");
        ledger.charge(acme, 3_000_000_000L);
        // It has the name of a meter that is to be another kind.
        prometheus.counter("corral.threads", "corral.hierarchy", name).increment();
        bindTo(prometheus, 100);
        ledger.create(root, "late");
        assertThat(scrape(CPU)).containsEntry(labels("/acme"), 3.0);
    }

    @Test
    void withoutTheAgentThereAreNoMeters() {
        new CorralMetrics().bindTo(prometheus);
        assertThat(prometheus.getMeters()).isEmpty();
    }

    @Test
    void tooSmallABoundIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CorralMetrics(9))
                .withMessage("a metric needs 10 series or more, not 9");
    }

    private List<Container> tenants(int count) {
        List<Container> tenants = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            tenants.add(ledger.create(root, "t" + i));
            ledger.charge(tenants.get(i), i);
        }
        return tenants;
    }
}
