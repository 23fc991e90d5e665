package io.corral.micrometer;

import io.corral.Containers;
import io.corral.metricseries.Series;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Meters for the usage of containers, with the names and units of the agent's exporters. Without
 * the agent nothing is registered.
 *
 * <p>Meters are registered and removed as containers are created and removed. When a registry reads
 * a meter, all meters are renewed from one snapshot, at most once a second. The meters of a new
 * container begin at 0 in the second report after its creation at the latest. What it used before
 * is in {@code other}.
 */
public final class CorralMetrics implements MeterBinder {

    /** The largest number of series of a metric, unless the application sets another one. */
    public static final int SERIES = 2_000;

    private final int series;

    public CorralMetrics() {
        this(SERIES);
    }

    /**
     * @param series the largest number of series of a metric; the usage of further containers is in
     *     {@code other}
     * @throws IllegalArgumentException if it is less than 10
     */
    public CorralMetrics(int series) {
        if (series < 10) {
            throw new IllegalArgumentException("a metric needs 10 series or more, not " + series);
        }
        this.series = series;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        if (isActive()) {
            new ContainerMeters(
                            registry,
                            Series.withDelayedStart(series),
                            Containers::snapshot,
                            System::nanoTime)
                    .renew();
        }
    }

    /** False also if the API is absent: the agent provides it. */
    private static boolean isActive() {
        try {
            return Containers.isActive();
        } catch (NoClassDefFoundError withoutAgent) {
            return false;
        }
    }
}
