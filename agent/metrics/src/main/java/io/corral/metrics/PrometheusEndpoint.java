package io.corral.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;

import io.corral.metricseries.Reading;
import io.corral.metricseries.Series;
import io.corral.runtime.notice.HookFailures;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Serves {@code GET /metrics} to Prometheus, with the server of the JDK. Each response has all
 * metrics, whatever the query of the request.
 */
final class PrometheusEndpoint implements HttpHandler {

    static final String PATH = "/metrics";

    private final Series series;
    private final Scrapers scrapers;
    private final ScrapeExecutor executor;
    private final ExpositionFormatWriter openMetrics = OpenMetricsTextFormatWriter.create();
    private final ExpositionFormatWriter text = PrometheusTextFormatWriter.create();

    PrometheusEndpoint(Series series, Scrapers scrapers, ScrapeExecutor executor) {
        this.series = series;
        this.scrapers = scrapers;
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
        exchange.getResponseHeaders().set("Content-Type", writer.getContentType());
        if (exchange.getRequestMethod().equals("HEAD")) {
            // It reads no value, so it does not count as a reading.
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        InetAddress address = exchange.getRemoteAddress().getAddress();
        Reading reading;
        byte[] body;
        try {
            reading = executor.compute(() -> series.read(scrapers.atReadingBy(address)));
            body = executor.compute(() -> text(writer, reading));
        } catch (RuntimeException failure) {
            HookFailures.METRICS.report(failure);
            answer(exchange, 500, failure + "\n");
            return;
        }
        exchange.sendResponseHeaders(200, body.length);
        OutputStream out = exchange.getResponseBody();
        out.write(body);
        out.flush();
        // Not reached if the client is gone. The next request of the connection is handled after
        // the end of this exchange, so it finds this.
        series.delivered(reading);
        scrapers.delivered(address, reading.number());
    }

    private static byte[] text(ExpositionFormatWriter writer, Reading reading) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try {
            writer.write(body, Exposition.of(reading));
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
