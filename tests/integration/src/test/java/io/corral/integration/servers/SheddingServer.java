package io.corral.integration.servers;

import com.sun.net.httpserver.HttpServer;

import io.corral.Containers;
import io.corral.LimitStat;
import io.corral.Limits;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.BlockingHandler;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * A server whose tenant {@code a} has one request under way, and sends more. Prints what clients
 * get: of that tenant, and of another one over the same connection.
 */
public final class SheddingServer {

    /** The last argument if the request under way goes on when the servlet has returned. */
    static final String ASYNC = "async";

    /** The last argument if the limit comes with an agent that is loaded meanwhile. */
    static final String LATE = "late";

    /** The path for which the application throws an error. */
    private static final String ERROR = "/error";

    private static final int TOO_MANY_REQUESTS = 429;
    private static final byte[] DONE = "done".getBytes(StandardCharsets.US_ASCII);

    private static final AtomicInteger CALLS = new AtomicInteger();
    private static final AtomicInteger ERROR_PAGES = new AtomicInteger();
    private static final CountDownLatch HELD = new CountDownLatch(1);
    private static final CountDownLatch RELEASED = new CountDownLatch(1);

    /** Kept reachable, because a garbage-collected logger loses its level. */
    private static final Logger LOG = Logger.getLogger("");

    private SheddingServer() {}

    /**
     * The arguments are the server ({@code jdk}, {@code undertow}, or one of
     * {@link ServletServers}), the kind of threads ({@code platform}, {@code virtual}), the
     * tenant's limit or 0 for none, and perhaps {@link #ASYNC} or {@link #LATE}.
     */
    public static void main(String[] arguments) throws Exception {
        LOG.setLevel(Level.OFF);
        List<String> given = List.of(arguments);
        String server = given.get(0);
        boolean isVirtual = given.get(1).equals("virtual");
        int port = switch (server) {
            case "jdk" -> jdk(isVirtual);
            case "undertow" -> ServletServers.undertow(new BlockingHandler(SheddingServer::handle));
            default -> ServletServers.start(server, isVirtual, new Work(), TOO_MANY_REQUESTS);
        };
        try (KeptConnection first = new KeptConnection(port);
                KeptConnection second = new KeptConnection(port)) {
            if (given.contains(LATE)) {
                System.out.println("before=" + second.ask("/work", "a", "").status());
                System.out.println("ready");
                System.in.read();
            }
            Clients.ask(port, first, second, Long.parseLong(given.get(2)), given);
        }
        Clients.awaitEnd();
        System.out.println("ended");
        System.exit(0);
    }

    /** A separate class, so that the API is not loaded before the agent. */
    private static final class Clients {

        private static final HttpClient HTTP2 =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();

        private static final Limits LIMITS = Containers.at("/tenants/a").limits();

        private Clients() {}

        static void ask(
                int port, KeptConnection first, KeptConnection second, long max, List<String> given)
                throws IOException, InterruptedException {
            if (max > 0) {
                LIMITS.requestsMax(max);
            }
            if (!given.contains("jdk")) {
                for (String path : List.of(ERROR, ServletServers.HANDLER_ERROR)) {
                    try (KeptConnection own = new KeptConnection(port)) {
                        System.out.println("error=" + own.ask(path, "a", "").status());
                    }
                    awaitEnd();
                }
            }
            first.send(given.contains(ASYNC) ? "/" + ASYNC : "/hold", "a", "");
            HELD.await();
            int before = CALLS.get();
            for (String body : new String[] {"", "x".repeat(1000)}) {
                KeptConnection.Answer answer = second.ask("/work", "a", body);
                System.out.println("status=" + answer.status());
                System.out.println("retry=" + answer.headers().get("retry-after"));
                System.out.println("type=" + answer.headers().get("content-type"));
                System.out.println("text=" + answer.body().strip());
                System.out.println("other=" + second.ask("/work", "b", "").status());
            }
            System.out.println("calls=" + (CALLS.get() - before));
            System.out.println("pages=" + ERROR_PAGES.get());
            LimitStat stat = LIMITS.stat();
            System.out.println("requests=" + stat.requests() + " of " + stat.peakRequests());
            System.out.println("shed=" + stat.shed() + " over=" + stat.over());
            if (!given.contains("jdk")) {
                // The first answer changes the protocol of the connection.
                for (String tenant : List.of("b", "a", "b")) {
                    askByHttp2(port, tenant);
                }
            }
            RELEASED.countDown();
            System.out.println("held=" + first.receive().status());
            // The server ends a request after the answer.
            awaitEnd();
            System.out.println("next=" + second.ask("/work", "a", "").status());
        }

        private static void askByHttp2(int port, String tenant)
                throws IOException, InterruptedException {
            URI uri = URI.create("http://127.0.0.1:" + port + "/work");
            HttpResponse<String> answer = HTTP2.send(
                    HttpRequest.newBuilder(uri).header("X-Tenant", tenant).build(),
                    HttpResponse.BodyHandlers.ofString());
            System.out.println("http2=" + answer.version() + " " + answer.statusCode() + " "
                    + answer.headers().firstValue("Retry-After").isPresent() + " "
                    + answer.body().strip());
        }

        static void awaitEnd() {
            while (LIMITS.stat().requests() > 0) {
                Thread.onSpinWait();
            }
        }
    }

    private static int jdk(boolean isVirtual) throws Exception {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(
                isVirtual ? ServletServers.virtualThreads() : Executors.newCachedThreadPool());
        server.createContext("/", exchange -> {
            handle(
                    exchange.getRequestURI().getPath(),
                    exchange.getRequestHeaders().getFirst("X-Tenant"));
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(HttpServletResponse.SC_OK, DONE.length);
            exchange.getResponseBody().write(DONE);
            exchange.close();
        });
        server.start();
        return server.getAddress().getPort();
    }

    private static void handle(HttpServerExchange exchange) throws IOException {
        handle(exchange.getRequestPath(), exchange.getRequestHeaders().getFirst("X-Tenant"));
        exchange.getInputStream().readAllBytes();
        exchange.getResponseSender().send("done\n");
    }

    private static void handle(String path, String tenant) throws IOException {
        if (tenant.equals("a")) {
            CALLS.incrementAndGet();
        }
        if (path.equals(ERROR) || path.equals(ServletServers.HANDLER_ERROR)) {
            throw new AssertionError("asked for");
        }
        if (path.equals("/hold")) {
            HELD.countDown();
            try {
                RELEASED.await();
            } catch (InterruptedException stopped) {
                throw new IOException(stopped);
            }
        }
    }

    private static void completeLater(AsyncContext context) {
        Thread servlet = Thread.currentThread();
        new Thread(() -> {
                    while (isWithinServlet(servlet)) {
                        Thread.onSpinWait();
                    }
                    HELD.countDown();
                    try {
                        RELEASED.await();
                    } catch (InterruptedException stopped) {
                        return;
                    }
                    context.complete();
                })
                .start();
    }

    private static boolean isWithinServlet(Thread thread) {
        return Stream.of(thread.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals(Work.class.getName()));
    }

    @SuppressWarnings("serial") // never serialized
    private static final class Work extends HttpServlet {

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws IOException {
            if (ServletServers.FAILED.equals(request.getServletPath())) {
                ERROR_PAGES.incrementAndGet();
            }
            if (request.getRequestURI().equals("/" + ASYNC)) {
                completeLater(request.startAsync());
                return;
            }
            handle(request.getRequestURI(), request.getHeader("X-Tenant"));
            request.getInputStream().readAllBytes();
            response.getWriter().println("done");
        }
    }
}
