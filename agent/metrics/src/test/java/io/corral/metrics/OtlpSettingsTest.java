package io.corral.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.runtime.notice.Log;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OtlpSettingsTest {

    private final List<String> lines = new CopyOnWriteArrayList<>();

    @BeforeEach
    void copyLines() {
        Log.copyTo(lines);
    }

    @AfterEach
    void copyNoLines() {
        Log.copyTo(null);
    }

    private static OtlpSettings of(Map<String, String> environment) {
        return new OtlpSettings(environment);
    }

    @Test
    void defaultsAreThoseOfOpenTelemetry() {
        OtlpSettings settings = of(Map.of());
        assertThat(settings.endpoint()).isEqualTo("http://localhost:4318/v1/metrics");
        assertThat(settings.headers()).isEmpty();
        assertThat(settings.compression()).isEqualTo("none");
        assertThat(settings.temporality()).isEqualTo("cumulative");
        assertThat(settings.timeoutMillis()).isEqualTo(10_000);
        assertThat(settings.intervalMillis()).isEqualTo(60_000);
        assertThat(settings.resource()).isEqualTo(Map.of("service.name", "unknown_service:java"));
        assertThat(lines).isEmpty();
    }

    @Test
    void endpointForAllSignalsGetsThePath() {
        assertThat(of(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "https://c:1/a/")).endpoint())
                .isEqualTo("https://c:1/a/v1/metrics");
        assertThat(of(Map.of(
                                "OTEL_EXPORTER_OTLP_ENDPOINT", "http://c:1",
                                "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "http://m:2/push"))
                        .endpoint())
                .isEqualTo("http://m:2/push");
    }

    @Test
    void variableForMetricsTakesPrecedence() {
        OtlpSettings settings = of(Map.of(
                "OTEL_EXPORTER_OTLP_HEADERS", "a=1",
                "OTEL_EXPORTER_OTLP_METRICS_HEADERS", "b=x%20y, c=1+1",
                "OTEL_EXPORTER_OTLP_TIMEOUT", "5",
                "OTEL_EXPORTER_OTLP_METRICS_TIMEOUT", "6",
                "OTEL_EXPORTER_OTLP_COMPRESSION", "none",
                "OTEL_EXPORTER_OTLP_METRICS_COMPRESSION", "gzip"));
        assertThat(settings.headers()).isEqualTo(Map.of("b", "x y", "c", "1+1"));
        assertThat(settings.timeoutMillis()).isEqualTo(6);
        assertThat(settings.compression()).isEqualTo("gzip");
    }

    @Test
    void serviceNameTakesPrecedenceOverAttributes() {
        assertThat(of(Map.of(
                                "OTEL_RESOURCE_ATTRIBUTES", "service.name=a,zone=z",
                                "OTEL_SERVICE_NAME", "shop"))
                        .resource())
                .isEqualTo(Map.of("service.name", "shop", "zone", "z"));
    }

    @Test
    void wrongValueIsLoggedAndTheDefaultIsUsed() {
        OtlpSettings settings = of(Map.of(
                "OTEL_EXPORTER_OTLP_PROTOCOL", "grpc",
                "OTEL_EXPORTER_OTLP_ENDPOINT", "localhost:4317",
                "OTEL_METRIC_EXPORT_INTERVAL", "60s"));
        assertThat(settings.endpoint()).isEqualTo("http://localhost:4318/v1/metrics");
        assertThat(settings.intervalMillis()).isEqualTo(60_000);
        assertThat(lines)
                .containsExactly(
                        "environment variable OTEL_EXPORTER_OTLP_PROTOCOL is \"grpc\"; expected"
                                + " http/protobuf; using http/protobuf",
                        "environment variable OTEL_EXPORTER_OTLP_ENDPOINT is \"localhost:4317\";"
                                + " expected a URL with http or https; using"
                                + " http://localhost:4318",
                        "environment variable OTEL_METRIC_EXPORT_INTERVAL is \"60s\"; expected"
                                + " milliseconds; using 60000");
    }
}
