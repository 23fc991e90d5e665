package io.corral.integration.servers;

import io.undertow.Undertow;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.BlockingHandler;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.eclipse.jetty.ee11.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Servers whose requests end in many ways. They tell {@link CountedRequests} what they have. */
final class EndingServers {

    private static final List<String> HANDLERS = List.of(
            "direct",
            "post",
            "exception",
            "complete",
            "large",
            "gone-large",
            "gone-complete",
            "gone-half");

    private static final int LARGE = 500_000;
    private static final int TIMEOUT_MILLIS = 5;
    private static final String FAILED = "/failed";

    private static final ExecutorService POOL = Executors.newFixedThreadPool(4);

    private EndingServers() {}

    /** The paths that a server answers, without the slash. */
    static List<String> kinds(String server) {
        if (server.equals("undertow")) {
            return HANDLERS;
        }
        List<String> kinds = new ArrayList<>(HANDLERS);
        kinds.addAll(List.of(
                "forward", "include", "error", "dispatch", "gone-dispatch", "gone-forward"));
        return kinds;
    }

    static int start(String server, boolean isVirtual) throws Exception {
        return switch (server) {
            case "tomcat" -> tomcat(isVirtual);
            case "jetty" -> jetty(isVirtual);
            default -> undertow();
        };
    }

    private static int tomcat(boolean isVirtual) throws Exception {
        String folder = Files.createTempDirectory("corral-tomcat").toString();
        Tomcat tomcat = new Tomcat();
        tomcat.setSilent(true);
        tomcat.setBaseDir(folder);
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
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
        page.setErrorCode(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
        page.setLocation(FAILED);
        context.addErrorPage(page);
        tomcat.start();
        return tomcat.getConnector().getLocalPort();
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
        errors.addErrorPage(HttpServletResponse.SC_INTERNAL_SERVER_ERROR, FAILED);
        context.setErrorHandler(errors);
        server.setHandler(context);
        server.start();
        return connector.getLocalPort();
    }

    private static int undertow() {
        BlockingHandler blocking = new BlockingHandler(EndingServers::handle);
        Undertow server = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .setHandler(exchange -> {
                    if (exchange.getRequestPath().equals("/direct")) {
                        handle(exchange);
                    } else {
                        blocking.handleRequest(exchange);
                    }
                })
                .build();
        server.start();
        return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
    }

    private static void handle(HttpServerExchange exchange) throws Exception {
        CountedRequests.begins();
        try {
            switch (exchange.getRequestPath()) {
                case "/exception" -> throw new IllegalStateException("asked for");
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

    @SuppressWarnings("serial") // never serialized
    private static final class Work extends HttpServlet {

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws ServletException, IOException {
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
                    case "/post" -> {
                        ServletInputStream in = request.getInputStream();
                        in.readAllBytes();
                        response.getWriter().println("done");
                    }
                    case "/large" -> response.getOutputStream().write(new byte[LARGE]);
                    case "/complete", "/dispatch" ->
                        goOn(request.startAsync(), request.getRequestURI().equals("/dispatch"));
                    case "/timeout" -> {
                        AsyncContext context = request.startAsync();
                        context.addListener(new Timeout());
                        context.setTimeout(TIMEOUT_MILLIS);
                    }
                    default -> response.getWriter().println("done");
                }
            } finally {
                CountedRequests.ends();
            }
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

    /** The servers find a timeout within a second. */
    private static final class Timeout implements AsyncListener {

        @Override
        public void onTimeout(AsyncEvent event) {
            event.getAsyncContext().complete();
        }

        @Override
        public void onComplete(AsyncEvent event) {
            // The answer is sent.
        }

        @Override
        public void onError(AsyncEvent event) {
            // The client sees that there is no answer.
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            // Not started again.
        }
    }
}
