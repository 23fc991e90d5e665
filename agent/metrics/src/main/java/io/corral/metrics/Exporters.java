package io.corral.metrics;

import io.corral.metricseries.Series;
import io.corral.runtime.jdk.MissingModule;
import io.corral.runtime.notice.Log;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Starts an exporter that the option {@code metrics} names. The agent calls it. */
public final class Exporters implements BiFunction<String, Boolean, @Nullable String> {

    /** The port of OpenTelemetry's exporter for Prometheus as well. */
    private static final int PROMETHEUS_PORT = 9464;

    /** The default scrape timeout of Prometheus. */
    private static final long LIMIT_MILLIS = 10_000;

    /** Long enough to read a large response from a machine nearby. */
    private static final long GRACE_MILLIS = 1_000;

    private static final String PROMETHEUS = "prometheus";
    private static final String OTLP = "otlp";
    private static final String HTTP_SERVER = "jdk.httpserver";
    private static final String HTTP_CLIENT = "java.net.http";

    private final int series;

    /** @param series how many series a metric may have */
    public Exporters(int series) {
        this.series = series;
    }

    /**
     * Starts one exporter.
     *
     * @param exporter one of those that the option names; its form was checked before
     * @param isLate whether the application has run for some time
     * @return why it could not be started, or null
     */
    @Override
    public @Nullable String apply(String exporter, Boolean isLate) {
        return exporter.equals(OTLP)
                ? startOtlp(isLate)
                : startPrometheus(exporter.substring(PROMETHEUS.length()));
    }

    private @Nullable String startOtlp(boolean isLate) {
        String absent = whyAbsent(HTTP_CLIENT, "OTLP");
        if (absent != null) {
            return absent;
        }
        try {
            new OtlpExporter(new Series(series), !isLate, new OtlpSettings(System.getenv()))
                    .start(series);
            return null;
        } catch (IOException | RuntimeException failure) {
            return "no metrics by OTLP: " + failure;
        }
    }

    private static @Nullable String whyAbsent(String module, String exporter) {
        String advice = MissingModule.advice(module);
        return advice == null ? null : "no metrics for " + exporter + ": " + advice;
    }

    /** @param address empty, or host and port with a colon before each */
    private @Nullable String startPrometheus(String address) {
        String absent = whyAbsent(HTTP_SERVER, "Prometheus");
        if (absent != null) {
            return absent;
        }
        InetSocketAddress wanted = parse(address);
        try {
            if (wanted.isUnresolved()) {
                throw new IOException("unknown host");
            }
            ScrapeExecutor executor = new ScrapeExecutor(LIMIT_MILLIS, GRACE_MILLIS);
            InetSocketAddress at = new PrometheusEndpoint(
                            new Series(series), new Scrapers(System::nanoTime), executor)
                    .start(wanted);
            Log.info("the metrics are at http://" + text(at) + PrometheusEndpoint.PATH);
            return null;
        } catch (IOException | RuntimeException failure) {
            return "no metrics for Prometheus at " + text(wanted) + ": " + failure.getMessage()
                    + "; choose another address with metrics=prometheus:HOST:PORT";
        }
    }

    private static InetSocketAddress parse(String address) {
        if (address.isEmpty()) {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), PROMETHEUS_PORT);
        }
        int colon = address.lastIndexOf(':');
        String host = address.substring(1, colon);
        return new InetSocketAddress(
                host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                Integer.parseInt(address.substring(colon + 1)));
    }

    private static String text(InetSocketAddress address) {
        InetAddress known = address.getAddress();
        String host = known == null ? address.getHostString() : known.getHostAddress();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
    }
}
