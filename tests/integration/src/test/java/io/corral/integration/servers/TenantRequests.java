package io.corral.integration.servers;

import io.corral.Containers;
import io.corral.integration.support.CpuLoad;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Starts a server in this JVM, and sends it the requests of three tenants. Its handler works for
 * each of them: one part, two and three. What the tenants are charged is held against what the
 * handler has burnt.
 *
 * <p>The server is a class with a method {@code start(kind, handler)}. It returns the port, and
 * calls the handler with the header {@code X-Tenant} to get the answer's body. (The path and a
 * cookie have the tenant too.) A server for another protocol than HTTP has a method
 * {@code ask(port, tenant)} as well. The class may belong to a project of its own that knows only
 * the JDK and the server.
 */
public final class TenantRequests {

    private static final List<String> TENANTS = List.of("one", "two", "three");

    /** The handler throws for this tenant. */
    private static final String THROWER = "thrower";

    private static final int ROUNDS = 8;
    private static final int WARMUPS = 200;
    private static final long PART_MILLIS = 40;
    private static final double TOLERANCE = 0.05;

    /** The CPU nanoseconds that handlers have burnt, by tenant. */
    private static final Map<String, AtomicLong> BURNT = new ConcurrentHashMap<>();

    /** What went wrong. */
    private static final List<String> WRONG = new ArrayList<>();

    /** Kept reachable, because a garbage-collected logger loses its level. */
    private static final Logger LOG = Logger.getLogger("");

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Null for a server for HTTP. */
    private static @Nullable Method ask;

    private TenantRequests() {}

    /** The arguments are the class of the server and the kind of handler. */
    public static void main(String[] arguments) throws Exception {
        LOG.setLevel(Level.OFF);
        Method start =
                Class.forName(arguments[0]).getMethod("start", String.class, UnaryOperator.class);
        UnaryOperator<@Nullable String> handler = TenantRequests::work;
        int port = (int) start.invoke(null, arguments[1], handler);
        ask = ownAsk(start.getDeclaringClass());
        anonymous(port);
        if (ask == null) {
            System.out.println("pipelined=" + pipelined(port, "a", "b", "", "c"));
        }
        measure(port);
        ask(port, THROWER);
        anonymous(port);
        System.out.println("wrong=" + WRONG);
        System.exit(0);
    }

    private static @Nullable Method ownAsk(Class<?> server) {
        try {
            return server.getMethod("ask", int.class, String.class);
        } catch (NoSuchMethodException http) {
            return null;
        }
    }

    /**
     * What a handler does: it burns CPU time for its tenant.
     *
     * @param tenant null for a request of no tenant
     * @return the container of the thread
     */
    private static String work(@Nullable String tenant) {
        String place = Containers.current().path();
        if (tenant == null) {
            return place;
        }
        if (!place.equals("/tenants/" + tenant)) {
            wrong(tenant + " was in " + place + " on " + Thread.currentThread().getName());
        }
        if (tenant.equals(THROWER)) {
            throw new IllegalStateException("asked for");
        }
        long parts = TENANTS.indexOf(tenant) + 1;
        BURNT.computeIfAbsent(tenant, name -> new AtomicLong())
                .addAndGet(CpuLoad.millis(parts * PART_MILLIS));
        return place;
    }

    private static void wrong(String what) {
        synchronized (WRONG) {
            if (WRONG.size() < 5) {
                WRONG.add(what);
            }
        }
    }

    private static void anonymous(int port) throws Exception {
        String place = ask(port, null).strip();
        if (place.startsWith("/tenants")) {
            wrong("a request without a tenant was in " + place);
        }
    }

    private static void measure(int port) throws Exception {
        for (int i = 0; i < WARMUPS; i++) {
            ask(port, "warm-up");
        }
        Map<String, Long> before = new TreeMap<>();
        for (String tenant : TENANTS) {
            before.put(tenant, cpu(tenant));
        }
        for (int i = 0; i < ROUNDS; i++) {
            for (String tenant : TENANTS) {
                ask(port, tenant);
            }
        }
        for (String tenant : TENANTS) {
            long charged = cpu(tenant) - before.get(tenant);
            long burnt = BURNT.getOrDefault(tenant, new AtomicLong()).get();
            if (burnt == 0 || Math.abs((double) charged / burnt - 1) > TOLERANCE) {
                wrong(tenant + " has burnt " + burnt + " ns and was charged " + charged);
            }
        }
    }

    private static long cpu(String tenant) {
        return Containers.at("/tenants/" + tenant).usage().cpuNanos();
    }

    /** @return the body of the answer */
    private static String ask(int port, @Nullable String tenant) throws Exception {
        Method own = ask;
        if (own != null) {
            return (String) own.invoke(null, port, tenant);
        }
        String path = tenant == null ? "/orders" : "/orders/" + tenant;
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        if (tenant != null) {
            request.header("X-Tenant", tenant).header("Cookie", "a=b; tenant=" + tenant);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /**
     * Sends several requests in one packet over one connection; the last one asks to close it.
     *
     * @return the lines of all answers that begin with a slash
     */
    private static String pipelined(int port, String... tenants) throws IOException {
        StringBuilder requests = new StringBuilder();
        for (int i = 0; i < tenants.length; i++) {
            String tenant = tenants[i];
            requests.append("GET /orders/" + tenant + " HTTP/1.1\r\nHost: localhost\r\n")
                    .append(tenant.isEmpty() ? "" : "X-Tenant: " + tenant + "\r\n")
                    .append(tenant.isEmpty() ? "" : "Cookie: tenant=" + tenant + "\r\n")
                    .append(i == tenants.length - 1 ? "Connection: close\r\n\r\n" : "\r\n");
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(requests.toString().getBytes(StandardCharsets.US_ASCII));
            BufferedReader answers = new BufferedReader(
                    new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            List<String> places = new ArrayList<>();
            while (places.size() < tenants.length) {
                String line = answers.readLine();
                if (line == null) {
                    break;
                }
                if (line.startsWith("/")) {
                    places.add(line);
                }
            }
            return String.join(" ", places);
        }
    }
}
