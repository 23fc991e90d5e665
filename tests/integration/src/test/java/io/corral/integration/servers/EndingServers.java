package io.corral.integration.servers;

import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.BlockingHandler;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Servers whose requests end in many ways. They tell {@link CountedRequests} what they have. */
final class EndingServers {

    private static final List<String> HANDLERS = List.of(
            "direct",
            "post",
            "exception",
            "thrown-error",
            "complete",
            "dispatch-thrown-error",
            "large",
            "gone-large",
            "gone-complete",
            "gone-half");

    private static final int LARGE = 500_000;
    private static final int TIMEOUT_MILLIS = 5;

    private static final ExecutorService POOL = Executors.newFixedThreadPool(4);

    private EndingServers() {}

    /** The paths that a server answers, without the slash. */
    static List<String> kinds(String server) {
        if (server.equals("undertow")) {
            return HANDLERS;
        }
        List<String> kinds = new ArrayList<>(HANDLERS);
        if (!server.equals("jetty")) {
            kinds.add("upgrade");
        }
        kinds.addAll(List.of(
                "forward",
                "include",
                "error",
                "dispatch",
                "dispatch-exception",
                "gone-dispatch",
                "gone-forward"));
        return kinds;
    }

    static int start(String server, boolean isVirtual) throws Exception {
        return server.equals("undertow")
                ? undertow()
                : ServletServers.start(
                        server,
                        isVirtual,
                        new Work(),
                        HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
    }

    private static int undertow() {
        BlockingHandler blocking = new BlockingHandler(EndingServers::handle);
        return ServletServers.undertow(exchange -> {
            if (exchange.getRequestPath().equals("/direct")) {
                handle(exchange);
            } else {
                blocking.handleRequest(exchange);
            }
        });
    }

    private static void handle(HttpServerExchange exchange) throws Exception {
        CountedRequests.begins();
        try {
            switch (exchange.getRequestPath()) {
                case "/exception" -> throw new IllegalStateException("asked for");
                case "/thrown-error" -> throw new AssertionError("asked for");
                case "/dispatch-thrown-error" -> exchange.dispatch(POOL, EndingServers::fail);
                case "/post" -> {
                    exchange.getInputStream().readAllBytes();
                    exchange.getResponseSender().send("done\n");
                }
                case "/large" -> exchange.getOutputStream().write(new byte[LARGE]);
                case "/complete" -> exchange.dispatch(POOL, exchange::endExchange);
                default -> exchange.getResponseSender().send("done\n");
            }
        } finally {
            CountedRequests.ends();
        }
    }

    private static void fail(HttpServerExchange exchange) {
        throw new AssertionError("asked for");
    }

    @SuppressWarnings("serial") // never serialized
    private static final class Work extends HttpServlet {

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws ServletException, IOException {
            if (request.getDispatcherType() == DispatcherType.ASYNC) {
                switch (request.getRequestURI()) {
                    case "/dispatch-exception" -> throw new ServletException("asked for");
                    case "/dispatch-thrown-error" -> throw new AssertionError("asked for");
                    default -> {}
                }
            }
            if (request.getDispatcherType() != DispatcherType.REQUEST) {
                response.getWriter().println("done");
                return;
            }
            CountedRequests.begins();
            try {
                switch (request.getRequestURI()) {
                    case "/forward" ->
                        request.getRequestDispatcher("/done").forward(request, response);
                    case "/include" ->
                        request.getRequestDispatcher("/done").include(request, response);
                    case "/error" -> response.sendError(500);
                    case "/exception" -> throw new ServletException("asked for");
                    case "/thrown-error" -> throw new AssertionError("asked for");
                    case "/post" -> {
                        ServletInputStream in = request.getInputStream();
                        in.readAllBytes();
                        response.getWriter().println("done");
                    }
                    case "/large" -> response.getOutputStream().write(new byte[LARGE]);
                    case "/complete",
                            "/dispatch",
                            "/dispatch-exception",
                            "/dispatch-thrown-error" ->
                        goOn(request.startAsync(), !request.getRequestURI().equals("/complete"));
                    case "/upgrade" -> request.upgrade(Upgrade.class);
                    case "/timeout" -> startWithTimeout(request);
                    case "/timeout-thrown-error" ->
                        startWithTimeout(request).start(() -> {
                            throw new AssertionError("asked for");
                        });
                    case "/hold" -> GoneClient.hold();
                    default -> response.getWriter().println("done");
                }
            } finally {
                CountedRequests.ends();
            }
        }

        private static AsyncContext startWithTimeout(HttpServletRequest request) {
            AsyncContext context = request.startAsync();
            context.addListener(new OnTimeout(AsyncContext::complete));
            context.setTimeout(TIMEOUT_MILLIS);
            return context;
        }

        private static void goOn(AsyncContext context, boolean dispatches) {
            POOL.execute(() -> {
                if (dispatches) {
                    context.dispatch();
                } else {
                    context.complete();
                }
            });
        }
    }

    /** The server has another protocol on the connection, as with a WebSocket, and ends it. */
    public static final class Upgrade implements HttpUpgradeHandler {

        @Override
        public void init(WebConnection connection) {
            try {
                connection.close();
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            }
        }

        @Override
        public void destroy() {
            // There is nothing to free.
        }
    }
}
