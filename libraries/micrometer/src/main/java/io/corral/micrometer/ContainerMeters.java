package io.corral.micrometer;

import io.corral.Snapshot;
import io.corral.metricseries.Metric;
import io.corral.metricseries.Point;
import io.corral.metricseries.Reading;
import io.corral.metricseries.Series;
import io.micrometer.core.instrument.MeterRegistry;

import java.lang.System.Logger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The meters of one registry. A registry does not announce that it begins to read its meters. So
 * the first meter that is read more than a second after the last renewal renews all meters. It also
 * registers meters for new containers and removes those of removed ones.
 */
final class ContainerMeters {

    private static final long MAX_AGE_NANOS = 1_000_000_000;

    private final MeterRegistry registry;
    private final Series series;
    private final Supplier<Snapshot> snapshots;
    private final LongSupplier nanoTime;
    private final ReentrantLock renewing = new ReentrantLock();

    /** Guarded by {@link #renewing}. */
    private final Map<Key, ContainerMeter> meters = new HashMap<>();

    /** Guarded by {@link #renewing}. */
    private boolean hasFailed;

    private volatile long renewedAt;

    /** Identifies a meter. */
    private record Key(Metric metric, String hierarchy, String container) {}

    ContainerMeters(
            MeterRegistry registry,
            Series series,
            Supplier<Snapshot> snapshots,
            LongSupplier nanoTime) {
        this.registry = registry;
        this.series = series;
        this.snapshots = snapshots;
        this.nanoTime = nanoTime;
    }

    /**
     * Called before each value is read. If another thread is renewing the meters, the calling
     * thread does not wait for it.
     */
    void renewIfOld() {
        if (nanoTime.getAsLong() - renewedAt >= MAX_AGE_NANOS
                && !renewing.isHeldByCurrentThread()) {
            renew();
        }
    }

    /**
     * Throws no exception, since that would fail the registry's report, or the application's start.
     */
    void renew() {
        if (!renewing.tryLock()) {
            return;
        }
        try {
            renewedAt = nanoTime.getAsLong();
            renewFrom(series.read(snapshots.get()));
        } catch (RuntimeException failure) {
            if (!hasFailed) {
                hasFailed = true;
                System.getLogger("io.corral.micrometer.CorralMetrics")
                        .log(Logger.Level.WARNING, "the meters of containers are wrong", failure);
            }
        } finally {
            renewing.unlock();
        }
    }

    private void renewFrom(Reading reading) {
        Set<Key> ended = new HashSet<>(meters.keySet());
        for (Metric metric : Metric.values()) {
            metric.forEach(reading, (point, value) -> {
                Key key = new Key(metric, point.hierarchy(), point.container());
                ended.remove(key);
                set(key, point, value);
            });
        }
        for (Key key : ended) {
            remove(key);
        }
    }

    private void set(Key key, Point point, double value) {
        ContainerMeter meter = meters.get(key);
        if (meter != null && key.metric().kind() == Metric.Kind.COUNTER && value < meter.value()) {
            // Another container has the path of a removed one. A registry that reports differences
            // would report a negative one.
            remove(key);
            meter = null;
        }
        if (meter == null) {
            meter = new ContainerMeter(this::renewIfOld);
            meter.set(value);
            meters.put(key, meter);
            meter.register(registry, key.metric(), point);
        } else {
            meter.set(value);
        }
    }

    private void remove(Key key) {
        ContainerMeter meter = meters.remove(key);
        if (meter != null) {
            meter.removeFrom(registry);
        }
    }
}
