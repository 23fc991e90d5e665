package io.corral.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;

import io.corral.metricseries.Series;
import io.corral.runtime.notice.HookFailures;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Serves {@code GET /metrics} to Prometheus, with the server of the JDK. */
final class PrometheusEndpoint implements HttpHandler {

    static final String PATH = "/metrics";

    private final Series series;
    private final ScrapeExecutor executor;
    private final ExpositionFormatWriter openMetrics = OpenMetricsTextFormatWriter.create();
    private final ExpositionFormatWriter text = PrometheusTextFormatWriter.create();

    PrometheusEndpoint(Series series, ScrapeExecutor executor) {
        this.series = series;
        this.executor = executor;
    }

    /** @return the address at which it listens */
    InetSocketAddress start(InetSocketAddress address) throws IOException {
        HttpServer server = HttpServer.create(address, 0);
        server.setExecutor(executor);
        server.createContext("/", this);
        server.start();
        return server.getAddress();
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            if (!exchange.getRequestURI().getPath().equals(PATH)) {
                answer(exchange, 404, "the metrics are at " + PATH + "\n");
            } else if (!method.equals("GET") && !method.equals("HEAD")) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                answer(exchange, 405, "only GET and HEAD are allowed\n");
            } else {
                scrape(exchange);
            }
        }
    }

    private void scrape(HttpExchange exchange) throws IOException {
        String accept =
                String.join(",", exchange.getRequestHeaders().getOrDefault("Accept", List.of()));
        ExpositionFormatWriter writer = openMetrics.accepts(accept) ? openMetrics : text;
        byte[] body;
        try {
            body = executor.compute(() -> text(writer));
        } catch (RuntimeException failure) {
            HookFailures.METRICS.report(failure);
            answer(exchange, 500, failure + "\n");
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", writer.getContentType());
        answer(exchange, 200, body);
    }

    private byte[] text(ExpositionFormatWriter writer) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try {
            writer.write(body, Exposition.of(series.read()));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return body.toByteArray();
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        answer(exchange, status, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, -1);
        } else {
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
