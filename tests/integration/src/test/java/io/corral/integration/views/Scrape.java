package io.corral.integration.views;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The values of one scrape, by name and labels as they are in the text. */
record Scrape(Map<String, Double> values) {

    static Scrape of(String url) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url).toURL().openConnection();
        assertThat(connection.getResponseCode()).isEqualTo(200);
        Map<String, Double> values = new LinkedHashMap<>();
        try (InputStream in = connection.getInputStream()) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            text.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
                int end = line.lastIndexOf(' ');
                values.put(line.substring(0, end), Double.valueOf(line.substring(end + 1)));
            });
        }
        return new Scrape(values);
    }

    /** CPU seconds of a container of the hierarchy {@code main}. */
    double cpuSeconds(String container) {
        return values.get(name("corral_cpu_time_seconds_total", container));
    }

    static String name(String metric, String container) {
        return metric + "{corral_container=\"" + container + "\",corral_hierarchy=\"main\"}";
    }

    /** The sum of a metric over its series, in the hierarchy {@code main}. */
    double sum(String metric) {
        return values.entrySet().stream()
                .filter(each -> each.getKey().startsWith(metric + "{")
                        && each.getKey().contains("corral_hierarchy=\"main\""))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    /** How many series a metric has. */
    long count(String metric) {
        return values.keySet().stream()
                .filter(key -> key.startsWith(metric + "{"))
                .count();
    }

    void assertNoCounterFellSince(Scrape before) {
        values.forEach((name, value) -> {
            if (name.contains("_total")) {
                assertThat(value)
                        .as(name)
                        .isGreaterThanOrEqualTo(before.values.getOrDefault(name, 0.0));
            }
        });
    }
}
