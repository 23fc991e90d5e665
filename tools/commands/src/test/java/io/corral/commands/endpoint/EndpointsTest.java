package io.corral.commands.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Endpoints that answer, and others that do not. */
class EndpointsTest {

    private static final int LONGEST_MILLIS = 60_000;

    private static final String METRICS = """
            corral_thread_started_total{corral_container="/",corral_hierarchy="main"} 3.0
            corral_cpu_time_seconds_total{corral_container="/",corral_hierarchy="main"} 1.5
            """;

    private final List<HttpServer> servers = new ArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void stop() {
        end.countDown();
        servers.forEach(server -> server.stop(0));
    }

    @Test
    void pathAndPortOfTheExporterAreAdded() throws IOException {
        assertThat(Endpoint.of("http://pod").uri()).hasToString("http://pod:9464/metrics");
        assertThat(Endpoint.of("http://pod:80/").uri()).hasToString("http://pod:80/metrics");
        assertThat(Endpoint.of("http://[::1]:9464").name()).isEqualTo("[::1]:9464");
        assertThat(Endpoint.of("http://pod/actuator/prometheus?a=b").uri())
                .hasToString("http://pod/actuator/prometheus?a=b");
    }

    @ParameterizedTest
    @CsvSource({"http://", "http:///metrics", "http://a b", "http://pod:port", "ftp://pod"})
    void otherUrlsAreRefused(String url) {
        assertThatThrownBy(() -> Endpoints.of(List.of(url)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(url + " is no URL of metrics: ")
                .hasMessageEndingWith("; expected one such as http://127.0.0.1:9464");
    }

    @Test
    void endpointThatIsNamedTwiceIsReadOnce() throws Exception {
        String url = serve(200, METRICS);
        Endpoints endpoints = Endpoints.of(List.of(url, url + "/metrics"));
        assertThat(endpoints.read()).singleElement().satisfies(answer -> {
            assertThat(url).endsWith(answer.jvm());
            assertThat(answer.problem()).isNull();
        });
    }

    @Test
    void endpointsWithTheSameHostAndPortAreNamedByTheirUrls() throws IOException {
        assertThat(Endpoints.of(List.of("http://a/x", "http://a/y", "http://b/x"))
                        .jvms())
                .containsExactly("http://a/x", "http://a/y", "b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200|up 1|no Corral metrics at URL",
                "200||no Corral metrics at URL",
                "200|<html>|URL: line 1 is no metric: no name where one is expected: \"<html>\"",
                "404|the metrics are at /metrics|URL: the answer is 404",
                "500|broken|URL: the answer is 500"
            })
    void answerWithoutMetricsOfCorralIsAProblem(int status, String text, String problem)
            throws Exception {
        String url = serve(status, text == null ? "" : text);
        assertThat(problemOf(url)).isEqualTo(problem.replace("URL", url + "/metrics"));
    }

    @Test
    void answerThatIsNotHttpIsAProblem() throws Exception {
        assertThat(problemOf(answerRaw("\u0000\u0001 garbage\n\n")))
                .endsWith("/metrics: the answer is not HTTP");
        assertThat(problemOf(answerRaw("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nup 1\n")))
                .endsWith("/metrics: the answer is cut off");
    }

    @Test
    void closedPortIsAProblem() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        assertThat(problemOf("http://127.0.0.1:" + port))
                .startsWith("http://127.0.0.1:" + port + "/metrics: no connection: ");
    }

    @Test
    @Timeout(30)
    void endpointThatHangsDelaysTheOthersOnce() throws Exception {
        String good = serve(200, METRICS);
        try (ServerSocket hanging = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String bad = "http://127.0.0.1:" + hanging.getLocalPort();
            // The first reading waits for the whole request, and the later ones for a minute.
            Endpoints endpoints = Endpoints.of(List.of(bad, good), 60_000, 3_000);
            List<Answer> first = endpoints.read();
            assertThat(first.get(0).problem()).startsWith(bad + "/metrics: no answer ");
            assertThat(first.get(1).export()).isNotNull();
            for (int readings = 0; readings < 20; readings++) {
                List<Answer> later = endpoints.read();
                assertThat(later.get(0).problem()).startsWith(bad + "/metrics: no answer ");
                assertThat(later.get(1).problem()).isNull();
            }
        }
    }

    @Test
    void serverThatSendsByteByByteIsGivenUp() throws Exception {
        String url = drip();
        Endpoints endpoints = Endpoints.of(List.of(url), 60_000, 2_000);
        Answer answer = endpoints.read().get(0);
        while (!String.valueOf(answer.problem()).endsWith(": no answer within 2 s")) {
            Thread.onSpinWait();
            answer = endpoints.read().get(0);
        }
        assertThat(answer.export()).isNull();
    }

    @Test
    void hangingEndpointIsReadAgainAfterItsAnswer() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        HttpServer server = server();
        server.createContext("/", exchange -> {
            asked.countDown();
            try {
                end.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            answer(exchange, 200, METRICS);
        });
        Endpoints endpoints = Endpoints.of(List.of(url(server)), 1, 1_000);
        assertThat(endpoints.read().get(0).export()).isNull();
        asked.await();
        end.countDown();
        Answer answer = endpoints.read().get(0);
        while (answer.export() == null) {
            Thread.onSpinWait();
            answer = endpoints.read().get(0);
        }
        assertThat(answer.problem()).isNull();
    }

    private static String problemOf(String url) throws Exception {
        Answer answer =
                Endpoints.of(List.of(url), 60_000, LONGEST_MILLIS).read().get(0);
        assertThat(answer.export()).isNull();
        return String.valueOf(answer.problem());
    }

    private String serve(int status, String text) throws IOException {
        HttpServer server = server();
        server.createContext("/", exchange -> answer(exchange, status, text));
        return url(server);
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private HttpServer server() throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        servers.add(server);
        server.start();
        return server;
    }

    private static String url(HttpServer server) {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Answers each connection with these characters, and closes it. */
    private String answerRaw(String text) throws IOException {
        return accept(out -> {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        });
    }

    private String drip() throws IOException {
        return accept(out -> {
            out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            try {
                // Pauses are what makes this server a slow one.
                while (!end.await(20, TimeUnit.MILLISECONDS)) {
                    out.write('#');
                    out.flush();
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private interface Writer {
        void write(OutputStream out) throws IOException;
    }

    private static String accept(Writer writer) throws IOException {
        ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread server = new Thread(
                () -> {
                    try (socket) {
                        // The client may try twice.
                        while (true) {
                            try (Socket client = socket.accept()) {
                                client.getInputStream().read(new byte[4096]);
                                writer.write(client.getOutputStream());
                            }
                        }
                    } catch (IOException closed) {
                        // The client has gone.
                    }
                },
                "raw server");
        server.setDaemon(true);
        server.start();
        return "http://127.0.0.1:" + socket.getLocalPort();
    }
}
