package io.corral.metrics;

import io.corral.runtime.notice.Log;
import io.corral.series.Series;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Starts the exporters that the option {@code metrics} names. The agent calls it. */
public final class Exporters implements Runnable {

    /** The port that OpenTelemetry's exporter for Prometheus has, too. */
    private static final int PROMETHEUS_PORT = 9464;

    /** Prometheus itself waits as long by default. */
    private static final long LIMIT_MILLIS = 10_000;

    private static final String PROMETHEUS = "prometheus";
    private static final String OTLP = "otlp";
    private static final String HTTP_SERVER = "jdk.httpserver";
    private static final String HTTP_CLIENT = "java.net.http";

    private final String exporters;
    private final int series;

    /**
     * @param exporters the value of the option {@code metrics}, which was checked
     * @param series how many series a metric may have
     */
    public Exporters(String exporters, int series) {
        this.exporters = exporters;
        this.series = series;
    }

    @Override
    public void run() {
        for (String each : exporters.split("\\+", -1)) {
            if (each.equals(OTLP)) {
                startOtlp();
            } else {
                startPrometheus(each.substring(PROMETHEUS.length()));
            }
        }
    }

    private void startOtlp() {
        if (isAbsent(HTTP_CLIENT, "OTLP")) {
            return;
        }
        try {
            new OtlpPush(new Series(series), new OtlpSettings(System.getenv())).start(series);
        } catch (IOException | RuntimeException failure) {
            Log.error("no metrics by OTLP: " + failure);
        }
    }

    /** Whether this JVM lacks a module; a line says so. */
    private static boolean isAbsent(String module, String exporter) {
        boolean isAbsent = ModuleLayer.boot().findModule(module).isEmpty();
        if (isAbsent) {
            Log.error("no metrics for " + exporter + ": this JVM has no module " + module
                    + "; start it with --add-modules " + module);
        }
        return isAbsent;
    }

    /** @param address empty, or host and port with a colon before each */
    private void startPrometheus(String address) {
        if (isAbsent(HTTP_SERVER, "Prometheus")) {
            return;
        }
        InetSocketAddress wanted = parse(address);
        try {
            if (wanted.isUnresolved()) {
                throw new IOException("unknown host");
            }
            InetSocketAddress at =
                    new PrometheusEndpoint(new Series(series), LIMIT_MILLIS).start(wanted);
            Log.info("the metrics are at http://" + text(at) + PrometheusEndpoint.PATH);
        } catch (IOException | RuntimeException failure) {
            Log.error("no metrics for Prometheus at " + text(wanted) + ": " + failure.getMessage());
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
