package io.corral.micrometer;

import io.corral.metricseries.Metric;
import io.corral.metricseries.Point;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

import org.jspecify.annotations.Nullable;

/** One meter, with the value that a registry reads. */
final class ContainerMeter {

    private final Runnable renewal;
    private volatile double value;
    private volatile boolean wasRead;
    private boolean wasKept;
    private @Nullable Meter registered;

    /** @param renewal renews all meters if they are old */
    ContainerMeter(Runnable renewal) {
        this.renewal = renewal;
    }

    void set(double value) {
        this.value = value;
    }

    /**
     * Renews the value of a counter. The first value stays once more if it was not read: the report
     * in which the meter was registered may have skipped it.
     */
    void count(double value) {
        if (wasRead || wasKept) {
            set(value);
        }
        wasKept = true;
    }

    /**
     * Registers this. A registry refers weakly to the object whose value it reads, but strongly to
     * the function. The function refers to all meters, and they refer to this one.
     */
    void register(MeterRegistry registry, Metric metric, Point point) {
        Runnable strong = renewal;
        registered = switch (metric.kind()) {
            case COUNTER ->
                FunctionCounter.builder(
                                metric.prometheusKey(), this, each -> each.renewedBy(strong))
                        .description(metric.description())
                        .baseUnit(unit(metric))
                        .tags(tags(point))
                        .register(registry);
            case GAUGE ->
                Gauge.builder(metric.prometheusKey(), this, each -> each.renewedBy(strong))
                        .strongReference(true)
                        .description(metric.description())
                        .baseUnit(unit(metric))
                        .tags(tags(point))
                        .register(registry);
        };
    }

    void removeFrom(MeterRegistry registry) {
        if (registered != null) {
            registry.remove(registered);
        }
    }

    private double renewedBy(Runnable renewal) {
        renewal.run();
        wasRead = true;
        return value;
    }

    private static @Nullable String unit(Metric metric) {
        return switch (metric.unit()) {
            case SECONDS -> "seconds";
            case BYTES -> "bytes";
            case THREADS, WAITS, REQUESTS, ONE -> null;
        };
    }

    private static Tags tags(Point point) {
        Tags tags = Tags.empty();
        if (!point.hierarchy().isEmpty()) {
            tags = tags.and("corral.hierarchy", point.hierarchy());
        }
        if (!point.container().isEmpty()) {
            tags = tags.and("corral.container", point.container());
        }
        return tags;
    }
}
