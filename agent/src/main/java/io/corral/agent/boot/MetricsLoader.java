package io.corral.agent.boot;

import io.corral.agent.image.BootImage;

import java.io.IOException;
import java.net.URISyntaxException;

/** Loads the exporters of metrics, and their libraries. */
public final class MetricsLoader {

    private static final String EXPORTERS = "io.corral.metrics.Exporters";

    private MetricsLoader() {}

    /**
     * @param exporters the value of the option {@code metrics}
     * @param series how many series a metric may have
     * @return what starts the exporters
     */
    public static Runnable load(String exporters, int series)
            throws IOException, URISyntaxException, ReflectiveOperationException {
        return (Runnable) new ImageLoader("corral-metrics", BootImage.readLazily(BootImage.METRICS))
                .loadClass(EXPORTERS)
                .getConstructor(String.class, int.class)
                .newInstance(exporters, series);
    }
}
