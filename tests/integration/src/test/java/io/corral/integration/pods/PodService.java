package io.corral.integration.pods;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A service that knows nothing of Corral, and keeps a ledger of what each tenant has used. */
final class PodService {

    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();
    private static final long BURST_NANOS = 50_000_000;
    private static final Map<String, Long> LEDGER = new ConcurrentHashMap<>();

    /** Takes half of each request. */
    private static final ExecutorService POOL = Executors.newFixedThreadPool(2);

    private static volatile long sink;

    private PodService() {}

    /** Ends when it is told so. */
    public static void main(String[] arguments) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setExecutor(Executors.newFixedThreadPool(4));
        server.createContext("/healthz", exchange -> answer(exchange, "ok"));
        server.createContext("/work", PodService::work);
        server.createContext("/ledger", exchange -> answer(exchange, LEDGER.toString()));
        server.start();
        System.out.println("write /corral/x: " + write("/corral/x"));
        System.out.println("write /x: " + write("/x"));
        System.out.println("write /tmp/x: " + write("/tmp/x"));
        System.out.println("cpus: " + Runtime.getRuntime().availableProcessors());
        System.out.println("port: " + server.getAddress().getPort());
        System.in.read();
        System.exit(0);
    }

    private static String write(String file) {
        try {
            Files.writeString(Path.of(file), "x");
            return "possible";
        } catch (IOException refused) {
            return refused.getMessage();
        }
    }

    private static void work(HttpExchange exchange) throws IOException {
        String tenant = exchange.getRequestHeaders().getFirst("X-Tenant");
        burn(tenant);
        CompletableFuture.runAsync(() -> burn(tenant), POOL).join();
        answer(exchange, "done");
    }

    private static void burn(String tenant) {
        long begun = CLOCK.getCurrentThreadCpuTime();
        long used = 0;
        while (used < BURST_NANOS) {
            for (int i = 0; i < 10_000; i++) {
                sink += i;
            }
            used = CLOCK.getCurrentThreadCpuTime() - begun;
        }
        LEDGER.merge(tenant, used, Long::sum);
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        try (exchange) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
