package io.corral.metricseries;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The metrics of limits. */
class LimitSeriesTest {

    private final Container limited = Containers.at("/limit-series/a");
    private final Series series = new Series(100);

    @AfterEach
    void liftLimits() {
        limited.limits().reset();
    }

    private Map<String, Double> values(Reading reading) {
        Map<String, Double> values = new TreeMap<>();
        for (Metric metric : Metric.values()) {
            if (metric.key().startsWith("corral.limit.")
                    || metric == Metric.CPU_THROTTLED_TIME
                    || metric == Metric.CONTROL_DEGRADED) {
                metric.forEach(
                        reading,
                        (point, value) ->
                                values.put(metric.key() + " " + point.container(), value));
            }
        }
        return values;
    }

    private Reading read() {
        return series.read((number, nanoTime) -> true);
    }

    @Test
    void withoutALimitThereIsNoSeries() {
        assertThat(values(read())).isEmpty();
    }

    @Test
    void limitedContainerHasSeriesUntilItsLimitIsLifted() {
        limited.limits().threadsMax(3);
        assertThat(values(read()))
                .containsOnlyKeys(
                        "corral.control.degraded ",
                        "corral.cpu.throttled.time /limit-series/a",
                        "corral.limit.monitored /limit-series/a",
                        "corral.limit.over /limit-series/a",
                        "corral.limit.refused.starts /limit-series/a",
                        "corral.limit.requests /limit-series/a",
                        "corral.limit.shed /limit-series/a",
                        "corral.limit.threads /limit-series/a",
                        "corral.limit.waiting /limit-series/a")
                .containsEntry("corral.control.degraded ", 0.0);
        limited.limits().threadsMax(Limits.UNLIMITED);
        assertThat(values(read())).isEmpty();
    }

    @Test
    void weightAloneIsNoLimit() {
        limited.limits().weight(300);
        assertThat(values(read())).isEmpty();
    }

    @Test
    void containersBeyondTheBoundHaveNoSeries() {
        List<Container> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Container each = Containers.at("/limit-series/many/" + i);
            each.limits().threadsMax(1);
            all.add(each);
        }
        Reading reading = new Series(3).read((number, nanoTime) -> true);
        assertThat(reading.limits()).hasSize(3);
        all.forEach(each -> each.limits().reset());
    }
}
