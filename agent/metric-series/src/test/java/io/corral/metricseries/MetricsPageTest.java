package io.corral.metricseries;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** {@code docs/metrics.md} has each metric, and no other. */
class MetricsPageTest {

    @Test
    void pageHasEachMetric() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("../..", "docs", "metrics.md")).stream()
                .filter(line -> line.startsWith("| `corral."))
                .toList();
        assertThat(rows)
                .containsExactlyElementsOf(
                        Arrays.stream(Metric.values()).map(MetricsPageTest::row).toList());
    }

    private static String row(Metric metric) {
        return "| `" + metric.key() + "` | " + metric.unit().symbol() + " | "
                + metric.kind().name().toLowerCase(Locale.ROOT) + " | " + metric.description()
                + " |";
    }
}
