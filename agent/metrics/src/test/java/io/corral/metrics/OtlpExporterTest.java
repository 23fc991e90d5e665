package io.corral.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.corral.metricseries.Series;
import io.corral.runtime.notice.Log;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Metrics that are pushed to a collector of the test, without the agent: all values are 0 then. */
@Timeout(120)
class OtlpExporterTest {

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> bodies = new LinkedBlockingQueue<>();
    private final CountDownLatch never = new CountDownLatch(1);
    private HttpServer server;
    private Closeable push;
    private int port;

    @BeforeEach
    void copyLines() {
        Log.copyTo(lines);
    }

    @AfterEach
    void stop() throws IOException {
        Log.copyTo(null);
        never.countDown();
        if (push != null) {
            push.close();
        }
        if (server != null) {
            server.stop(0);
        }
    }

    /** @param status of each answer; 0 for none */
    private int collector(int status) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/metrics", exchange -> {
            bodies.add(new String(
                    exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
            if (status == 0) {
                await(never);
            }
            exchange.sendResponseHeaders(status == 0 ? 200 : status, -1);
            exchange.close();
        });
        server.start();
        port = server.getAddress().getPort();
        return port;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void push(int to, String timeoutMillis) throws IOException {
        push = new OtlpExporter(
                        new Series(100),
                        true,
                        new OtlpSettings(Map.of(
                                "OTEL_EXPORTER_OTLP_ENDPOINT",
                                "http://127.0.0.1:" + to,
                                "OTEL_EXPORTER_OTLP_TIMEOUT",
                                timeoutMillis,
                                "OTEL_SERVICE_NAME",
                                "shop",
                                "OTEL_METRIC_EXPORT_INTERVAL",
                                "10")))
                .start(100);
    }

    private String next() throws InterruptedException {
        String body = bodies.poll(60, TimeUnit.SECONDS);
        assertThat(body).isNotNull();
        return body;
    }

    private List<String> failures() {
        return lines.stream()
                .filter(line -> line.startsWith(
                        "the metrics could not be sent to http://127.0.0.1:" + port))
                .toList();
    }

    private void awaitFailure() {
        while (failures().isEmpty()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void metricsAreSentWithTheirNamesAndAttributes() throws Exception {
        push(collector(200), "10000");
        assertThat(next())
                .contains("corral.thread.count", "corral.hierarchy", "main", "corral.container")
                .contains("service.name", "shop", "service.instance.id");
        next();
        assertThat(failures()).isEmpty();
    }

    @Test
    void refusalByTheCollectorIsLoggedOnOneLine() throws Exception {
        push(collector(500), "10000");
        for (int i = 0; i < 5; i++) {
            next();
        }
        assertThat(failures())
                .hasSize(1)
                .allMatch(line -> line.endsWith(": the collector answers 500"));
    }

    @Test
    void failureToConnectIsLoggedOnOneLine() throws Exception {
        int closed = collector(200);
        server.stop(0);
        push(closed, "10000");
        awaitFailure();
    }

    @Test
    void timeoutOfTheCollectorIsLoggedOnOneLine() throws Exception {
        push(collector(0), "100");
        awaitFailure();
    }

    @Test
    void repeatedFailureIsLoggedOnceAnHour() {
        SendFailures failures = new SendFailures("http://c");
        long began = Long.MAX_VALUE - 10;
        long hour = TimeUnit.HOURS.toNanos(1);
        failures.report(new IOException("one"), began);
        failures.report(new IOException("two"), began + hour - 1);
        failures.report(null, began + hour);
        assertThat(lines)
                .containsExactly(
                        "the metrics could not be sent to http://c (reported once an hour):"
                                + " java.io.IOException: one",
                        "the metrics could not be sent to http://c (reported once an hour):"
                                + " no reason is known");
    }
}
