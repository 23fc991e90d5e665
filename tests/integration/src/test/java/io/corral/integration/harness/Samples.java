package io.corral.integration.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a monitoring system has stored: for each counter of one JVM its values, oldest first. */
public final class Samples {

    private static final String CPU = "corral_cpu_time_seconds_total";

    private final Map<List<String>, List<Double>> values = new LinkedHashMap<>();

    /** @param series as a query of Prometheus returns it, with all values */
    public void add(Map<String, Object> series) {
        Map<?, ?> labels = (Map<?, ?>) series.get("metric");
        List<Double> all = new ArrayList<>();
        for (Object sample : (List<?>) series.get("values")) {
            all.add(Double.valueOf((String) ((List<?>) sample).get(1)));
        }
        values.put(
                List.of(
                        (String) labels.get("__name__"),
                        String.valueOf(labels.get("corral_hierarchy")),
                        String.valueOf(labels.get("corral_container"))),
                all);
    }

    /** Whether the CPU time of each container has grown. */
    public boolean haveGrown(Set<String> containers) {
        return containers.stream().allMatch(each -> {
            List<Double> all = values.get(key(each));
            return all != null && all.get(all.size() - 1) > all.get(0);
        });
    }

    private static List<String> key(String container) {
        return List.of(CPU, "main", container);
    }

    public void assertNoCounterFell() {
        assertThat(values).isNotEmpty();
        values.forEach((series, all) -> assertThat(all).as("%s", series).isSorted());
    }

    /**
     * The growth of each container's CPU time is what the API says, within 1%.
     *
     * @param ownNanos what each container used, by its path
     */
    public void assertGrowth(Map<String, Long> ownNanos) {
        assertThat(ownNanos).isNotEmpty();
        ownNanos.forEach((container, nanos) -> {
            List<Double> all = values.get(key(container));
            assertThat(all).as(container).isNotNull();
            double grown = all.get(all.size() - 1) - all.get(0);
            assertThat(grown)
                    .as("%s: %s", container, all)
                    .isCloseTo(nanos / 1e9, withPercentage(1));
        });
    }
}
