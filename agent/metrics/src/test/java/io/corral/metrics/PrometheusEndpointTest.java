package io.corral.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Containers;
import io.corral.Hierarchy;
import io.corral.metricseries.Series;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The server, without the agent: all values are 0 then. */
@Timeout(120)
class PrometheusEndpointTest {

    /** More than the server has threads. */
    private static final int CLIENTS = 50;

    /** Longer than the test. */
    private static final long NO_LIMIT_MILLIS = 600_000;

    private final HttpClient client = HttpClient.newHttpClient();

    private InetSocketAddress start(int series, long graceMillis) throws IOException {
        ScrapeExecutor executor = new ScrapeExecutor(NO_LIMIT_MILLIS, graceMillis);
        return new PrometheusEndpoint(new Series(series), new Scrapers(System::nanoTime), executor)
                .start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private HttpResponse<String> send(InetSocketAddress to, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return client.send(
                request.uri(URI.create("http://127.0.0.1:" + to.getPort() + "/metrics"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void formatIsNegotiated() throws Exception {
        InetSocketAddress at = start(100, NO_LIMIT_MILLIS);
        HttpResponse<String> text = send(at, HttpRequest.newBuilder());
        assertThat(text.headers().firstValue("Content-Type").orElseThrow())
                .isEqualTo("text/plain; version=0.0.4; charset=utf-8");
        assertThat(text.body())
                .contains("# TYPE corral_threads gauge")
                .contains("# TYPE corral_thread_started_total counter");
        HttpResponse<String> openMetrics =
                send(at, HttpRequest.newBuilder().header("Accept", "application/openmetrics-text"));
        assertThat(openMetrics.headers().firstValue("Content-Type").orElseThrow())
                .startsWith("application/openmetrics-text");
        assertThat(openMetrics.body()).endsWith("# EOF\n");
    }

    @Test
    void otherMethodsThanGetAndHeadAreRefused() throws Exception {
        InetSocketAddress at = start(100, NO_LIMIT_MILLIS);
        HttpResponse<String> refused = send(at, HttpRequest.newBuilder().DELETE());
        assertThat(refused.statusCode()).isEqualTo(405);
        assertThat(refused.headers().firstValue("Allow")).contains("GET, HEAD");
        HttpResponse<String> head = send(
                at, HttpRequest.newBuilder().method("HEAD", HttpRequest.BodyPublishers.noBody()));
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
    }

    @Test
    void clientsThatNeverReadAreDisconnectedIfOthersWait() throws Exception {
        Hierarchy large = Containers.hierarchy("endpoint-large");
        String longName = "n".repeat(240);
        for (int i = 0; i < 10_000; i++) {
            large.at("/" + longName + i);
        }
        assertThatOthersAreServed(start(20_000, 500), "GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n");
    }

    @Test
    void clientsThatSendHalfARequestAreDisconnectedIfOthersWait() throws Exception {
        assertThatOthersAreServed(start(100, 500), "GET /met");
    }

    @Test
    void slowClientIsServedWhileThreadsAreFree() throws Exception {
        InetSocketAddress at = start(100, 1);
        try (Socket slow = new Socket()) {
            slow.connect(at);
            send(slow, "GET /nothing HTT");
            for (int i = 0; i < 10; i++) {
                assertThat(status(at)).isEqualTo(404);
            }
            send(slow, "P/1.1\r\nHost: a\r\n\r\n");
            byte[] begin = slow.getInputStream().readNBytes(12);
            assertThat(new String(begin, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 404");
        }
    }

    @Test
    void slowClientIsDisconnectedAtTheLimit() throws Exception {
        InetSocketAddress at = new PrometheusEndpoint(
                        new Series(100),
                        new Scrapers(System::nanoTime),
                        new ScrapeExecutor(100, 10))
                .start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        try (Socket slow = new Socket()) {
            slow.connect(at);
            send(slow, "GET /met");
            assertThat(slow.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void computationOfAResponseIsNotInterrupted() throws Exception {
        ScrapeExecutor executor = new ScrapeExecutor(1, 1);
        CompletableFuture<Boolean> isInterrupted = new CompletableFuture<>();
        executor.execute(() -> executor.compute(() -> {
            // The client may have been too slow already.
            Thread.interrupted();
            CountDownLatch other = new CountDownLatch(1);
            executor.execute(() -> {
                awaitInterrupt();
                other.countDown();
            });
            try {
                other.await();
            } catch (InterruptedException interrupted) {
                return isInterrupted.complete(true);
            }
            return isInterrupted.complete(false);
        }));
        assertThat(isInterrupted.get()).isFalse();
    }

    private static void awaitInterrupt() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException asExpected) {
            // The caller goes on.
        }
    }

    private static void send(Socket to, String text) throws IOException {
        OutputStream out = to.getOutputStream();
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private void assertThatOthersAreServed(InetSocketAddress at, String request) throws Exception {
        List<Socket> clients = new ArrayList<>();
        try {
            for (int i = 0; i < CLIENTS; i++) {
                Socket each = new Socket();
                each.setReceiveBufferSize(1_000);
                each.connect(at);
                send(each, request);
                clients.add(each);
            }
            assertThat(status(at)).isEqualTo(404);
        } finally {
            for (Socket each : clients) {
                each.close();
            }
        }
    }

    /** The status of a short request, which is repeated if it takes too long on a busy machine. */
    private int status(InetSocketAddress at) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + at.getPort() + "/nothing"))
                .build();
        while (true) {
            try {
                return client.send(request, HttpResponse.BodyHandlers.ofString())
                        .statusCode();
            } catch (IOException disconnected) {
                // The test's time limit ends this loop.
            }
        }
    }
}
