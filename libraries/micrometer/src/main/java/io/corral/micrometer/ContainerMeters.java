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
 *
 * <p>A registry does not say either how many systems read it: several may scrape it, and it may
 * contain other registries that publish. So new meters are 0 for a time in which each of them reads
 * once.
 */
final class ContainerMeters {

    private static final long MAX_AGE_NANOS = 1_000_000_000;

    private final MeterRegistry registry;
    private final Supplier<Series> newSeries;
    private final long zeroNanos;
    private final Supplier<Snapshot> snapshots;
    private final LongSupplier nanoTime;
    private final ReentrantLock renewing = new ReentrantLock();

    /** Guarded by {@link #renewing}. */
    private final Map<Key, ContainerMeter> meters = new HashMap<>();

    /** Guarded by {@link #renewing}. */
    private Series series;

    /** Guarded by {@link #renewing}. */
    private boolean hasFailed;

    private volatile long renewedAt;

    /** Whether the registry has read a meter. */
    private volatile boolean wasRead;

    /** Identifies a meter. */
    private record Key(Metric metric, String hierarchy, String container) {}

    /**
     * @param zeroNanos how long the meters of a new container are 0
     * @param nanoTime the time, as of {@link System#nanoTime()}
     */
    ContainerMeters(
            MeterRegistry registry,
            Supplier<Series> newSeries,
            long zeroNanos,
            Supplier<Snapshot> snapshots,
            LongSupplier nanoTime) {
        this.registry = registry;
        this.newSeries = newSeries;
        this.series = newSeries.get();
        this.zeroNanos = zeroNanos;
        this.snapshots = snapshots;
        this.nanoTime = nanoTime;
    }

    /**
     * Registers the meters of the containers that exist. Throws no exception, since that would fail
     * the application's start.
     */
    void bind() {
        renew(false);
    }

    /**
     * Called before each value is read. If another thread is renewing the meters, the calling
     * thread does not wait for it. Throws no exception, since that would fail the registry's
     * report.
     */
    void renewIfOld() {
        boolean isOld = nanoTime.getAsLong() - renewedAt >= MAX_AGE_NANOS;
        if ((isOld || !wasRead) && !renewing.isHeldByCurrentThread()) {
            renew(true);
        }
    }

    private void renew(boolean isForReport) {
        if (!renewing.tryLock()) {
            return;
        }
        try {
            boolean isFirstReport = isForReport && !wasRead;
            if (isFirstReport) {
                // No rate has a value from before, so the containers that exist need not begin at
                // 0.
                series = newSeries.get();
                wasRead = true;
            }
            long now = nanoTime.getAsLong();
            renewedAt = now;
            Reading reading =
                    series.read(snapshots.get(), (number, since) -> now - since >= zeroNanos);
            renewFrom(reading, isFirstReport);
            series.delivered(reading);
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

    private void renewFrom(Reading reading, boolean isFirstReport) {
        Set<Key> ended = new HashSet<>(meters.keySet());
        for (Metric metric : Metric.values()) {
            metric.forEach(reading, (point, value) -> {
                Key key = new Key(metric, point.hierarchy(), point.container());
                ended.remove(key);
                ContainerMeter meter = meters.get(key);
                if (meter == null) {
                    register(key, point, value);
                } else if (isFirstReport || metric.kind() == Metric.Kind.GAUGE) {
                    meter.set(value);
                } else {
                    meter.count(value);
                }
            });
        }
        for (Key key : ended) {
            ContainerMeter meter = meters.remove(key);
            if (meter != null) {
                meter.removeFrom(registry);
            }
        }
    }

    private void register(Key key, Point point, double value) {
        ContainerMeter meter = new ContainerMeter(this::renewIfOld);
        meter.set(value);
        meters.put(key, meter);
        meter.register(registry, key.metric(), point);
    }
}
