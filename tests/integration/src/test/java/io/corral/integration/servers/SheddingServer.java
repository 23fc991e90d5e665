package io.corral.integration.servers;

import com.sun.net.httpserver.HttpServer;
import io.corral.Containers;
import io.corral.LimitStat;
import io.corral.Limits;
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
import java.nio.file.Files;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.eclipse.jetty.ee11.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * A server whose tenant {@code a} has one request under way, and sends more. Prints what clients
 * get: of that tenant, and of another one over the same connection.
 */
public final class SheddingServer {

    private static final int TOO_MANY_REQUESTS = 429;
    private static final String FAILED = "/failed";

    /** The path of a request that goes on when the servlet has returned. */
    private static final String ASYNC = "/async";

    private static final byte[] DONE = "done".getBytes(StandardCharsets.US_ASCII);

    private static final HttpClient HTTP2 =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();

    private static final AtomicInteger CALLS = new AtomicInteger();
    private static final AtomicInteger ERROR_PAGES = new AtomicInteger();
    private static final CountDownLatch HELD = new CountDownLatch(1);
    private static final CountDownLatch RELEASED = new CountDownLatch(1);

    /** Kept reachable, because a garbage-collected logger loses its level. */
    private static final Logger LOG = Logger.getLogger("");

    private SheddingServer() {}

    /**
     * The arguments are the server ({@code tomcat}, {@code jetty}, {@code jdk}), the kind of
     * threads ({@code platform}, {@code virtual}), and the tenant's limit, 0 for none.
     */
    public static void main(String[] arguments) throws Exception {
        LOG.setLevel(Level.OFF);
        boolean isVirtual = arguments[1].equals("virtual");
        int port = switch (arguments[0]) {
            case "tomcat" -> tomcat(isVirtual);
            case "jetty" -> jetty(isVirtual);
            default -> jdk(isVirtual);
        };
        Limits limits = Containers.at("/tenants/a").limits();
        long max = Long.parseLong(arguments[2]);
        if (max > 0) {
            limits.requestsMax(max);
        }
        try (KeptConnection first = new KeptConnection(port);
                KeptConnection second = new KeptConnection(port)) {
            first.send(arguments.length > 3 ? ASYNC : "/hold", "a", "");
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
            LimitStat stat = limits.stat();
            System.out.println("requests=" + stat.requests() + " of " + stat.peakRequests());
            System.out.println("shed=" + stat.shed() + " over=" + stat.over());
            if (arguments[0].equals("tomcat")) {
                askByHttp2(port, "a");
                askByHttp2(port, "b");
            }
            RELEASED.countDown();
            System.out.println("held=" + first.receive().status());
            while (limits.stat().requests() > 0) {
                // The server ends a request after the answer.
                Thread.onSpinWait();
            }
            System.out.println("next=" + second.ask("/work", "a", "").status());
        }
        while (limits.stat().requests() > 0) {
            Thread.onSpinWait();
        }
        System.out.println("ended");
        System.exit(0);
    }

    private static void askByHttp2(int port, String tenant)
            throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port + "/work");
        HttpResponse<String> answer = HTTP2.send(
                HttpRequest.newBuilder(uri).header("X-Tenant", tenant).build(),
                HttpResponse.BodyHandlers.ofString());
        System.out.println("http2=" + answer.version() + " " + answer.statusCode() + " "
                + answer.body().strip());
    }

    private static int tomcat(boolean isVirtual) throws Exception {
        String folder = Files.createTempDirectory("corral-tomcat").toString();
        Tomcat tomcat = new Tomcat();
        tomcat.setSilent(true);
        tomcat.setBaseDir(folder);
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.getConnector().addUpgradeProtocol(new Http2Protocol());
        if (isVirtual) {
            tomcat.getConnector()
                    .getProtocolHandler()
                    .setExecutor(new VirtualThreadExecutor("request-"));
        }
        Context context = tomcat.addContext("", folder);
        Wrapper work = Tomcat.addServlet(context, "work", new Work());
        work.setAsyncSupported(true);
        work.addMapping("/");
        ErrorPage page = new ErrorPage();
        page.setErrorCode(TOO_MANY_REQUESTS);
        page.setLocation(FAILED);
        context.addErrorPage(page);
        tomcat.start();
        return tomcat.getConnector().getLocalPort();
    }

    private static int jdk(boolean isVirtual) throws Exception {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(isVirtual ? virtualThreads() : Executors.newCachedThreadPool());
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

    private static Executor virtualThreads() throws ReflectiveOperationException {
        return (Executor)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    }

    private static int jetty(boolean isVirtual) throws Exception {
        QueuedThreadPool pool = new QueuedThreadPool();
        if (isVirtual) {
            pool.setVirtualThreadsExecutor((Executor)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null));
        }
        Server server = new Server(pool);
        ServerConnector connector = new ServerConnector(server);
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler("/");
        ServletHolder work = new ServletHolder(new Work());
        work.setAsyncSupported(true);
        context.addServlet(work, "/");
        ErrorPageErrorHandler errors = new ErrorPageErrorHandler();
        errors.addErrorPage(TOO_MANY_REQUESTS, FAILED);
        context.setErrorHandler(errors);
        server.setHandler(context);
        server.start();
        return connector.getLocalPort();
    }

    private static void handle(String path, String tenant) throws IOException {
        if (tenant.equals("a")) {
            CALLS.incrementAndGet();
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
            if (request.getServletPath().equals(FAILED)) {
                ERROR_PAGES.incrementAndGet();
            }
            if (request.getRequestURI().equals(ASYNC)) {
                completeLater(request.startAsync());
                return;
            }
            handle(request.getRequestURI(), request.getHeader("X-Tenant"));
            request.getInputStream().readAllBytes();
            response.getWriter().println("done");
        }
    }
}
