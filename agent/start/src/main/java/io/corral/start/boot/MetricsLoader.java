package io.corral.start.boot;

import io.corral.launcher.BootImage;
import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Loads the exporters of metrics, and their libraries. */
public final class MetricsLoader {

    private static final String EXPORTERS = "io.corral.metrics.Exporters";

    private MetricsLoader() {}

    /**
     * @param series how many series a metric may have
     * @return starts an exporter that the option {@code metrics} names, and returns null, or a line
     *     if that fails
     */
    @SuppressWarnings("unchecked")
    public static Function<String, @Nullable String> load(int series)
            throws IOException, ReflectiveOperationException {
        return (Function<String, @Nullable String>)
                new ImageLoader("corral-metrics", BootImage.readLazily(BootImage.METRICS))
                        .loadClass(EXPORTERS)
                        .getConstructor(int.class)
                        .newInstance(series);
    }
}
