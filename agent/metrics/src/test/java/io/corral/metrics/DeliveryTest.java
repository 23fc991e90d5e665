package io.corral.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpPrincipal;
import io.corral.Containers;
import io.corral.Hierarchy;
import io.corral.metricseries.Series;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which responses count as read. A new container's series is whole when its 0 was read. */
@Timeout(120)
class DeliveryTest {

    private static int created;

    /** The values are unknown without the agent, but the series are the same. */
    private final Hierarchy hierarchy = Containers.hierarchy("delivery");

    /** Has room for the containers of other tests, which stay. */
    private final Series series = new Series(1_000_000);

    private final ScrapeExecutor executor = new ScrapeExecutor(600_000, 600_000);
    private final PrometheusEndpoint endpoint =
            new PrometheusEndpoint(series, new Scrapers(System::nanoTime), executor);

    private void handle(HttpExchange exchange) throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        executor.execute(() -> {
            try {
                endpoint.handle(exchange);
            } catch (IOException failed) {
                // The server closes the connection.
            } finally {
                done.complete(null);
            }
        });
        done.get();
    }

    /** Scrapes, then creates a container, which the next scrape has for the first time. */
    private void scrapeAndCreate() throws Exception {
        handle(new FakeExchange("GET", "/metrics", "10.0.0.1", false));
        hierarchy.at("/late" + created++);
    }

    /** {@link Containers#snapshot()} shares one for 100 ms. */
    private static void renewSnapshot() {
        Containers.snapshot(Duration.ZERO);
    }

    @Test
    void responseThatIsWrittenIsRead() throws Exception {
        scrapeAndCreate();
        renewSnapshot();
        handle(new FakeExchange("GET", "/metrics", "10.0.0.1", false));
        assertThat(series.isWhole()).isFalse();
        handle(new FakeExchange("GET", "/metrics", "10.0.0.1", false));
        assertThat(series.isWhole()).isTrue();
    }

    @Test
    void responseThatTheClientDoesNotTakeIsNotRead() throws Exception {
        scrapeAndCreate();
        renewSnapshot();
        handle(new FakeExchange("GET", "/metrics", "10.0.0.1", true));
        handle(new FakeExchange("GET", "/metrics", "10.0.0.1", false));
        assertThat(series.isWhole()).isFalse();
        handle(new FakeExchange("GET", "/metrics", "10.0.0.1", false));
        assertThat(series.isWhole()).isTrue();
    }

    @Test
    void headReadsNothing() throws Exception {
        scrapeAndCreate();
        renewSnapshot();
        handle(new FakeExchange("HEAD", "/metrics", "10.0.0.1", false));
        handle(new FakeExchange("HEAD", "/metrics", "10.0.0.1", false));
        handle(new FakeExchange("GET", "/metrics", "10.0.0.1", false));
        assertThat(series.isWhole()).isFalse();
    }

    /** The query is ignored, so each response has all series. */
    @Test
    void requestWithAFilterReadsAll() throws Exception {
        scrapeAndCreate();
        renewSnapshot();
        handle(new FakeExchange("GET", "/metrics?name[]=up", "10.0.0.1", false));
        handle(new FakeExchange("GET", "/metrics?name[]=up", "10.0.0.1", false));
        assertThat(series.isWhole()).isTrue();
    }

    @Test
    void otherScraperHasToReadItToo() throws Exception {
        handle(new FakeExchange("GET", "/metrics", "10.0.0.2", false));
        scrapeAndCreate();
        renewSnapshot();
        handle(new FakeExchange("GET", "/metrics", "10.0.0.1", false));
        handle(new FakeExchange("GET", "/metrics", "10.0.0.1", false));
        assertThat(series.isWhole()).isFalse();
        handle(new FakeExchange("GET", "/metrics", "10.0.0.2", false));
        handle(new FakeExchange("GET", "/metrics", "10.0.0.1", false));
        assertThat(series.isWhole()).isTrue();
    }

    /** An exchange whose client may be gone. */
    private static final class FakeExchange extends HttpExchange {

        private final String method;
        private final URI uri;
        private final String address;
        private final boolean isClientGone;
        private final Headers headers = new Headers();

        FakeExchange(String method, String uri, String address, boolean isClientGone) {
            this.method = method;
            this.uri = URI.create(uri.replace("[]", "%5B%5D"));
            this.address = address;
            this.isClientGone = isClientGone;
        }

        @Override
        public Headers getRequestHeaders() {
            return new Headers();
        }

        @Override
        public Headers getResponseHeaders() {
            return headers;
        }

        @Override
        public URI getRequestURI() {
            return uri;
        }

        @Override
        public String getRequestMethod() {
            return method;
        }

        @Override
        public HttpContext getHttpContext() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}

        @Override
        public InputStream getRequestBody() {
            return InputStream.nullInputStream();
        }

        @Override
        public OutputStream getResponseBody() {
            return new ByteArrayOutputStream() {
                @Override
                public void flush() throws IOException {
                    if (isClientGone) {
                        throw new IOException("Connection reset");
                    }
                }
            };
        }

        @Override
        public void sendResponseHeaders(int status, long length) {
            assertThat(status).isEqualTo(200);
        }

        @Override
        public InetSocketAddress getRemoteAddress() {
            return new InetSocketAddress(address, 1);
        }

        @Override
        public int getResponseCode() {
            return 200;
        }

        @Override
        public InetSocketAddress getLocalAddress() {
            throw new UnsupportedOperationException();
        }

        @Override
        public String getProtocol() {
            return "HTTP/1.1";
        }

        @Override
        public Object getAttribute(String name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setAttribute(String name, Object value) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setStreams(InputStream in, OutputStream out) {
            throw new UnsupportedOperationException();
        }

        @Override
        public HttpPrincipal getPrincipal() {
            throw new UnsupportedOperationException();
        }
    }
}
