package io.corral.micrometer;

import io.corral.Containers;
import io.corral.series.Series;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Meters of what containers use, with the names and units that the agent's exporters have. Without
 * the agent there are none.
 *
 * <p>Containers come and go, and so do their meters: whenever a registry reads one of them, all are
 * renewed from one snapshot, at most once a second. A container that comes later has its meters in
 * the next but one report of the registry at the latest, and they begin at 0. What it used before
 * is in {@code other}.
 */
public final class CorralMetrics implements MeterBinder {

    /** How many series a metric may have, unless the application says another number. */
    public static final int SERIES = 2_000;

    private final int series;

    public CorralMetrics() {
        this(SERIES);
    }

    /**
     * @param series how many series a metric may have; further containers are in {@code other}
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
                            Series.beginningLate(series),
                            Containers::snapshot,
                            System::nanoTime)
                    .renew();
        }
    }

    /** False too if there is no API, which the agent brings. */
    private static boolean isActive() {
        try {
            return Containers.isActive();
        } catch (NoClassDefFoundError withoutAgent) {
            return false;
        }
    }
}
