package io.corral.micrometer;

import io.corral.Containers;
import io.corral.metricseries.Series;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import java.time.Duration;

/**
 * Meters for the usage of containers, with the names and units of the agent's exporters. Without
 * the agent nothing is registered.
 *
 * <p>Meters are registered and removed as containers are created and removed. When a registry reads
 * a meter, all meters are renewed from one snapshot, at most once a second. The meters of a
 * container that is created after the first report are 0 for two minutes, so that each system that
 * reads them sees them begin at 0. Then they show all that it has used.
 */
public final class CorralMetrics implements MeterBinder {

    /** The largest number of series of a metric, unless the application sets another one. */
    public static final int SERIES = 2_000;

    /** Longer than systems wait between two readings. */
    private static final Duration ZERO = Duration.ofMinutes(2);

    private final int series;
    private final Duration zero;

    public CorralMetrics() {
        this(SERIES);
    }

    /**
     * @param series the largest number of series of a metric; the usage of further containers is in
     *     {@code other}
     * @throws IllegalArgumentException if it is less than 10
     */
    public CorralMetrics(int series) {
        this(series, ZERO);
    }

    /** @param zero how long the meters of a new container are 0 */
    CorralMetrics(int series, Duration zero) {
        if (series < 10) {
            throw new IllegalArgumentException("a metric needs 10 series or more, not " + series);
        }
        this.series = series;
        this.zero = zero;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        if (isActive()) {
            new ContainerMeters(
                            registry,
                            () -> new Series(series),
                            zero.toNanos(),
                            Containers::snapshot,
                            System::nanoTime)
                    .bind();
        }
    }

    /** False also if the API is absent: the agent provides it. */
    static boolean isActive() {
        try {
            return Containers.isActive();
        } catch (NoClassDefFoundError withoutAgent) {
            return false;
        }
    }
}
