package io.corral.metrics;

import io.corral.metricseries.Metric;
import io.corral.metricseries.Point;
import io.corral.metricseries.Reading;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A reading as Prometheus sees it, with names and units by its conventions. */
final class Exposition {

    private Exposition() {}

    static MetricSnapshots of(Reading reading) {
        List<MetricSnapshot> all = new ArrayList<>();
        for (Metric metric : Metric.values()) {
            MetricSnapshot values = of(metric, reading);
            if (!values.getDataPoints().isEmpty()) {
                all.add(values);
            }
        }
        return new MetricSnapshots(all);
    }

    private static MetricSnapshot of(Metric metric, Reading reading) {
        MetricMetadata metadata = metadata(metric);
        if (metric.kind() == Metric.Kind.COUNTER) {
            List<CounterDataPointSnapshot> points = new ArrayList<>();
            metric.forEach(
                    reading,
                    (point, value) -> points.add(
                            new CounterDataPointSnapshot(value, labels(point), null, 0)));
            return new CounterSnapshot(metadata, points);
        }
        List<GaugeDataPointSnapshot> points = new ArrayList<>();
        metric.forEach(
                reading,
                (point, value) ->
                        points.add(new GaugeDataPointSnapshot(value, labels(point), null)));
        return new GaugeSnapshot(metadata, points);
    }

    private static MetricMetadata metadata(Metric metric) {
        String name = metric.prometheusKey().replace('.', '_');
        Unit unit = unit(metric);
        return unit == null
                ? new MetricMetadata(name, metric.description())
                : new MetricMetadata(name + "_" + unit, metric.description(), unit);
    }

    private static @Nullable Unit unit(Metric metric) {
        return switch (metric.unit()) {
            case SECONDS -> Unit.SECONDS;
            case BYTES -> Unit.BYTES;
            case THREADS, WAITS, REQUESTS, ONE -> null;
        };
    }

    private static Labels labels(Point point) {
        if (point.hierarchy().isEmpty()) {
            return Labels.EMPTY;
        }
        return point.container().isEmpty()
                ? Labels.of("corral_hierarchy", point.hierarchy())
                : Labels.of(
                        "corral_hierarchy",
                        point.hierarchy(),
                        "corral_container",
                        point.container());
    }
}
