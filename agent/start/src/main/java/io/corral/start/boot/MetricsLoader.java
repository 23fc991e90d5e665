package io.corral.start.boot;

import io.corral.launcher.BootImage;
import java.io.IOException;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Loads the exporters of metrics, and their libraries. */
public final class MetricsLoader {

    private static final String EXPORTERS = "io.corral.metrics.Exporters";

    private MetricsLoader() {}

    /**
     * @param series how many series a metric may have
     * @return starts an exporter that the option {@code metrics} names, told whether the
     *     application has run for some time; returns null, or a line if that fails
     */
    @SuppressWarnings("unchecked")
    public static BiFunction<String, Boolean, @Nullable String> load(int series)
            throws IOException, ReflectiveOperationException {
        return (BiFunction<String, Boolean, @Nullable String>)
                new ImageLoader("corral-metrics", BootImage.readLazily(BootImage.METRICS))
                        .loadClass(EXPORTERS)
                        .getConstructor(int.class)
                        .newInstance(series);
    }
}
