package io.corral.metrics;

import io.corral.metricseries.Metric;
import io.corral.metricseries.Point;
import io.corral.metricseries.Reading;
import io.corral.metricseries.Series;
import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.notice.Log;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.api.metrics.ObservableDoubleMeasurement;
import io.opentelemetry.api.metrics.ObservableMeasurement;
import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporterBuilder;
import io.opentelemetry.exporter.sender.jdk.internal.JdkHttpSenderProvider;
import io.opentelemetry.sdk.common.export.HttpSenderProvider;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.InstrumentSelector;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.View;
import io.opentelemetry.sdk.metrics.export.AggregationTemporalitySelector;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Sends the metrics by OTLP over HTTP, with OpenTelemetry's SDK and the HTTP client of the JDK. The
 * SDK collects again only after the last values were sent or their sending failed. So no values
 * pile up.
 */
final class OtlpExporter {

    private static final AttributeKey<String> HIERARCHY =
            AttributeKey.stringKey("corral.hierarchy");
    private static final AttributeKey<String> CONTAINER =
            AttributeKey.stringKey("corral.container");

    private static final String SCOPE = "io.corral";

    private final Series series;
    private final OtlpSettings settings;
    private final Map<Metric, ObservableDoubleMeasurement> instruments =
            new EnumMap<>(Metric.class);

    OtlpExporter(Series series, OtlpSettings settings) {
        this.series = series;
        this.settings = settings;
    }

    /**
     * @param bound how many series a metric may have
     * @return ends the export when it is closed
     */
    Closeable start(int bound) throws IOException {
        String endpoint = settings.endpoint();
        PeriodicMetricReader reader = PeriodicMetricReader.builder(
                        new FailureLoggingExporter(exporter(endpoint), endpoint))
                .setInterval(settings.intervalMillis(), TimeUnit.MILLISECONDS)
                .setExecutor(new ScheduledThreadPoolExecutor(
                        1, ExporterThreads.named("corral-metrics-otlp")))
                .build();
        SdkMeterProvider provider = SdkMeterProvider.builder()
                .setResource(resource())
                // Without the SDK's metrics about itself.
                .registerView(
                        InstrumentSelector.builder().setName("otel.*").build(),
                        View.builder().setAggregation(Aggregation.drop()).build())
                // The SDK's limit is above the bound, so that the SDK does not merge series.
                .registerMetricReader(reader, unused -> bound + 1_000)
                .build();
        Meter meter = provider.get(SCOPE);
        List<ObservableMeasurement> all = new ArrayList<>();
        for (Metric metric : Metric.values()) {
            ObservableDoubleMeasurement instrument = instrument(meter, metric);
            instruments.put(metric, instrument);
            all.add(instrument);
        }
        meter.batchCallback(
                this::record,
                all.get(0),
                all.subList(1, all.size()).toArray(new ObservableMeasurement[0]));
        FinalExport.register(
                () -> provider.shutdown().join(settings.timeoutMillis(), TimeUnit.MILLISECONDS),
                endpoint);
        Log.info("the metrics go to " + endpoint);
        return provider;
    }

    private OtlpHttpMetricExporter exporter(String endpoint) throws IOException {
        OtlpHttpMetricExporterBuilder builder = OtlpHttpMetricExporter.builder()
                .setComponentLoader(new Senders())
                .setExecutorService(new ThreadPoolExecutor(
                        1,
                        1,
                        0,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        ExporterThreads.named("corral-metrics-send")))
                .setMeterProvider(MeterProvider.noop())
                .setEndpoint(endpoint)
                .setCompression(settings.compression())
                .setTimeout(settings.timeoutMillis(), TimeUnit.MILLISECONDS)
                .setAggregationTemporalitySelector(temporality());
        settings.headers().forEach(builder::addHeader);
        byte[] trusted = settings.file("CERTIFICATE");
        if (trusted != null) {
            builder.setTrustedCertificates(trusted);
        }
        byte[] key = settings.file("CLIENT_KEY");
        byte[] certificate = settings.file("CLIENT_CERTIFICATE");
        if (key != null && certificate != null) {
            builder.setClientTls(key, certificate);
        }
        return builder.build();
    }

    private AggregationTemporalitySelector temporality() {
        return switch (settings.temporality()) {
            case "delta" -> AggregationTemporalitySelector.deltaPreferred();
            case "lowmemory" -> AggregationTemporalitySelector.lowMemory();
            default -> AggregationTemporalitySelector.alwaysCumulative();
        };
    }

    private Resource resource() {
        AttributesBuilder attributes = Attributes.builder();
        // Tells the JVMs of a service apart.
        attributes.put("service.instance.id", UUID.randomUUID().toString());
        settings.resource().forEach(attributes::put);
        return Resource.create(attributes.build());
    }

    private static ObservableDoubleMeasurement instrument(Meter meter, Metric metric) {
        return switch (metric.kind()) {
            case COUNTER ->
                meter.counterBuilder(metric.key())
                        .setUnit(metric.unit().symbol())
                        .setDescription(metric.description())
                        .ofDoubles()
                        .buildObserver();
            case GAUGE ->
                meter.upDownCounterBuilder(metric.key())
                        .setUnit(metric.unit().symbol())
                        .setDescription(metric.description())
                        .ofDoubles()
                        .buildObserver();
        };
    }

    private void record() {
        try {
            Reading reading = series.read();
            instruments.forEach((metric, instrument) -> metric.forEach(
                    reading, (point, value) -> instrument.record(value, attributes(point))));
        } catch (RuntimeException failure) {
            HookFailures.METRICS.report(failure);
        }
    }

    private static Attributes attributes(Point point) {
        if (point.hierarchy().isEmpty()) {
            return Attributes.empty();
        }
        return point.container().isEmpty()
                ? Attributes.of(HIERARCHY, point.hierarchy())
                : Attributes.of(HIERARCHY, point.hierarchy(), CONTAINER, point.container());
    }

    /**
     * Offers the JDK's HTTP client only. The class path is not searched, since it may have others.
     */
    private static final class Senders implements ComponentLoader {
        @Override
        public <T> Iterable<T> load(Class<T> service) {
            return service == HttpSenderProvider.class
                    ? List.of(service.cast(new JdkHttpSenderProvider()))
                    : List.of();
        }
    }
}
