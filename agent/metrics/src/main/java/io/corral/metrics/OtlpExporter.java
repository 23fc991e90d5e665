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
import io.opentelemetry.sdk.resources.Resource;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends the metrics by OTLP over HTTP, with OpenTelemetry's SDK and the HTTP client of the JDK.
 *
 * <p>A new series is 0 until a collector has got that, since some systems ignore start times.
 * Therefore the first values are sent at the start, and the last ones, at the JVM's end, twice if
 * there is a new series.
 */
final class OtlpExporter {

    private static final AttributeKey<String> HIERARCHY =
            AttributeKey.stringKey("corral.hierarchy");
    private static final AttributeKey<String> CONTAINER =
            AttributeKey.stringKey("corral.container");

    private static final String SCOPE = "io.corral";

    private final Series series;
    private final OtlpSettings settings;

    /** Whether what was used before the first reading is as good as nothing. */
    private final boolean beginsAtZero;

    private final Map<Metric, ObservableDoubleMeasurement> instruments =
            new EnumMap<>(Metric.class);

    // The following are used by one thread at a time, which the push reader sees to.

    private @Nullable Reading reading;

    /** The number of the last reading that the collector has got. */
    private long sent;

    /** Whether the last values are less than what was used. */
    private volatile boolean hidesUsage;

    /**
     * @param beginsAtZero whether the first values of all counters are 0: so at the JVM's start,
     *     but not in a JVM that has run for long, since rates would jump
     */
    OtlpExporter(Series series, boolean beginsAtZero, OtlpSettings settings) {
        this.series = series;
        this.beginsAtZero = beginsAtZero;
        this.settings = settings;
    }

    /**
     * @param bound how many series a metric may have
     * @return ends the export when it is closed
     */
    Closeable start(int bound) throws IOException {
        String endpoint = settings.endpoint();
        PushReader reader = new PushReader(
                exporter(endpoint),
                new SendFailures(endpoint),
                settings.timeoutMillis(),
                this::sent);
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
        Log.info("the metrics go to " + endpoint);
        reader.pushEach(settings.intervalMillis());
        FinalExport.register(() -> pushLast(reader), endpoint);
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
            Reading now = series.read((number, nanoTime) -> number <= sent);
            reading = now;
            boolean isZero = isZero();
            hidesUsage = isZero || !series.isWhole();
            instruments.forEach((metric, instrument) -> metric.forEach(
                    now,
                    (point, value) -> instrument.record(
                            isZero && metric.kind() == Metric.Kind.COUNTER ? 0 : value,
                            attributes(point))));
        } catch (RuntimeException failure) {
            HookFailures.METRICS.report(failure);
        }
    }

    private boolean isZero() {
        return beginsAtZero && sent == 0;
    }

    private void sent() {
        Reading latest = reading;
        if (latest != null) {
            if (!isZero()) {
                series.delivered(latest);
            }
            sent = latest.number();
        }
    }

    private void pushLast(PushReader reader) {
        if (reader.push() && hidesUsage) {
            reader.push();
        }
        reader.shutdown();
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
