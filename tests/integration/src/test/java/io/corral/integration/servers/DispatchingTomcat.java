package io.corral.integration.servers;

import io.corral.Containers;
import io.corral.Scope;
import io.corral.integration.support.CpuLoad;
import io.corral.integration.support.LoopbackTomcat;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.GenericFilter;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Tomcat with a filter that enters a tenant's container, and a servlet that forwards, fails, and
 * dispatches later, also after a timeout. Three tenants send 60, 30 and 10% of the requests. Their
 * shares of what they are charged are held against those of what the servlet has burnt for them.
 */
public final class DispatchingTomcat {

    private static final List<String> TENANTS = List.of("a", "b", "c");
    private static final List<String> TURNS =
            List.of("a", "b", "a", "c", "a", "b", "a", "a", "b", "a");
    private static final List<String> KINDS =
            List.of("direct", "forward", "error", "exception", "async");

    /** Asked for once a tenant, since Tomcat looks for timeouts once a second. */
    private static final String TIMEOUT = "timeout";

    private static final String WARMUP = "warmup";

    private static final int ROUNDS = 6;
    private static final int WARMUPS = 20;
    private static final long WORK_MILLIS = 4;
    private static final int TIMEOUT_MILLIS = 10;
    private static final double TOLERANCE = 0.03;
    private static final int MEGABYTE = 1 << 20;

    /** The CPU nanoseconds that the servlet has burnt, by tenant. */
    private static final Map<String, AtomicLong> BURNT = new ConcurrentHashMap<>();

    private static final List<String> WRONG = new ArrayList<>();

    /** Kept reachable, because a garbage-collected logger loses its level. */
    private static final Logger LOG = Logger.getLogger("");

    private DispatchingTomcat() {}

    /** The argument is the kind of threads: {@code platform} or {@code virtual}. */
    public static void main(String[] arguments) throws Exception {
        LOG.setLevel(Level.OFF);
        int port = start(arguments[0].equals("virtual"));
        for (int i = 0; i < WARMUPS; i++) {
            askForEach(port, WARMUP);
        }
        Map<String, Long> before = new TreeMap<>();
        for (String tenant : TENANTS) {
            before.put(tenant, cpu(tenant));
        }
        for (int i = 0; i < ROUNDS; i++) {
            for (String tenant : TURNS) {
                askForEach(port, tenant);
            }
        }
        for (String tenant : TENANTS) {
            askFor(TIMEOUT, port, tenant);
        }
        compare(before);
        System.out.println("megabyte=" + ask(port, "/plain/direct", "x".repeat(MEGABYTE)));
        System.out.println("wrong=" + WRONG);
        System.exit(0);
    }

    private static void askForEach(int port, String tenant) throws IOException {
        for (String kind : KINDS) {
            askFor(kind, port, tenant);
        }
    }

    private static void askFor(String kind, int port, String tenant) throws IOException {
        String place = ask(port, "/code/" + kind, tenant);
        if (!place.equals("/tenants/" + tenant)) {
            wrong(kind + " of " + tenant + " was in " + place);
        }
    }

    private static long cpu(String tenant) {
        return Containers.at("/tenants/" + tenant).usage().cpuNanos();
    }

    private static void compare(Map<String, Long> before) {
        Map<String, Long> charged = new TreeMap<>();
        for (String tenant : TENANTS) {
            charged.put(tenant, cpu(tenant) - before.get(tenant));
        }
        double allCharged = charged.values().stream().mapToLong(Long::longValue).sum();
        double allBurnt = BURNT.values().stream().mapToLong(AtomicLong::get).sum();
        for (String tenant : TENANTS) {
            double share = charged.get(tenant) / allCharged;
            double burnt = BURNT.getOrDefault(tenant, new AtomicLong()).get() / allBurnt;
            System.out.printf("%s=%.4f of %.4f%n", tenant, share, burnt);
            if (!(Math.abs(share / burnt - 1) < TOLERANCE)) {
                wrong(tenant + " has burnt " + burnt + " of all and was charged " + share);
            }
        }
    }

    private static synchronized void wrong(String what) {
        if (WRONG.size() < 5) {
            WRONG.add(what);
        }
    }

    private static int start(boolean isVirtual) throws Exception {
        LoopbackTomcat tomcat = new LoopbackTomcat("");
        tomcat.connector().setProperty("maxHttpRequestHeaderSize", "" + 2 * MEGABYTE);
        if (isVirtual) {
            tomcat.useVirtualThreads();
        }
        tomcat.add(new Work(), "/");
        tomcat.add(new TenantFilter(), "/code/*");
        tomcat.addErrorPage(HttpServletResponse.SC_INTERNAL_SERVER_ERROR, "/failed");
        return tomcat.start();
    }

    /** Enters the tenant's container; a filter for requests, and not for later dispatches. */
    @SuppressWarnings("serial") // never serialized
    private static final class TenantFilter extends GenericFilter {

        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            String tenant = ((HttpServletRequest) request).getHeader("X-Tenant");
            try (Scope scope = Containers.at("/tenants/" + tenant).enter()) {
                chain.doFilter(request, response);
            }
        }
    }

    @SuppressWarnings("serial") // never serialized
    private static final class Work extends HttpServlet {

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response)
                throws ServletException, IOException {
            boolean isAgain = request.getDispatcherType() == DispatcherType.ASYNC;
            String uri = request.getRequestURI();
            switch (isAgain ? "" : uri.substring(uri.lastIndexOf('/') + 1)) {
                case "forward" ->
                    request.getRequestDispatcher("/code/forwarded").forward(request, response);
                case "forwarded" ->
                    request.getRequestDispatcher("/code/direct").forward(request, response);
                case "error" -> response.sendError(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
                case "exception" -> throw new ServletException("asked for");
                case "async" -> dispatchOnAnotherThread(request.startAsync());
                case TIMEOUT -> {
                    AsyncContext context = request.startAsync();
                    context.addListener(new OnTimeout(AsyncContext::dispatch));
                    context.setTimeout(TIMEOUT_MILLIS);
                }
                default -> work(request, response);
            }
        }

        /** A thread that works for another tenant. */
        private static void dispatchOnAnotherThread(AsyncContext context) {
            new Thread(() -> {
                        try (Scope scope = Containers.at("/tenants/stranger").enter()) {
                            context.dispatch();
                        }
                    })
                    .start();
        }

        private static void work(HttpServletRequest request, HttpServletResponse response)
                throws IOException {
            String tenant = request.getHeader("X-Tenant");
            if (TENANTS.contains(tenant)) {
                BURNT.computeIfAbsent(tenant, name -> new AtomicLong())
                        .addAndGet(CpuLoad.millis(WORK_MILLIS));
            }
            response.getWriter().print(Containers.current().path());
        }
    }

    /** @return the body of the answer; a socket, since clients bound the length of headers */
    private static String ask(int port, String path, String tenant) throws IOException {
        String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nX-Tenant: " + tenant
                + "\r\nConnection: close\r\n\r\n";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
            // Of a chunked body, the line with the path.
            return body.lines().filter(line -> line.startsWith("/")).findFirst().orElse(answer);
        }
    }
}
