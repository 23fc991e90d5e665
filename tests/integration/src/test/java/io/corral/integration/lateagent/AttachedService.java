package io.corral.integration.lateagent;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.corral.Containers;
import io.corral.Usage;
import io.corral.integration.harness.ThreadKind;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A service under load that does not use Corral. Pools, other threads and virtual threads each do a
 * part of a request's work in equal units. The same JVM sends the load over the loopback interface.
 */
final class AttachedService {

    /** The number of requests of the measured load if shares are measured, and if not. */
    private static final int REQUESTS = 25;

    private static final int FEW_REQUESTS = 5;

    /** The number of requests without work that warm up the code. */
    private static final int LIGHT = 2_000;

    /** The least number of requests before the agent is loaded, and the number after that. */
    private static final int WARMUPS = 8;

    /** The size of a unit of work if shares are measured, and if not. */
    private static final int STEPS = 12_000_000;

    private static final int FEW_STEPS = 100_000;

    /**
     * The number of clients while the agent is loaded. The measured load has one, since cores share
     * caches.
     */
    private static final int CLIENTS = 3;

    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final ExecutorService shared =
            Executors.newFixedThreadPool(2, new NamedThreadFactory(ThreadKind.PLATFORM, "shared-"));
    private final Map<String, BlockingQueue<Runnable>> workers = new LinkedHashMap<>();

    private final boolean measuresShares;
    private final int steps;

    private AttachedService(boolean measuresShares) {
        this.measuresShares = measuresShares;
        this.steps = measuresShares ? STEPS : FEW_STEPS;
    }

    /**
     * With {@code shares} as its argument the load is long enough to compare shares of CPU time.
     */
    public static void main(String[] arguments) throws Exception {
        // Without this JDK 17 delays each answer by 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        AttachedService service = new AttachedService(arguments.length > 0);
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", service::answer);
        server.setExecutor(Executors.newFixedThreadPool(
                4, new NamedThreadFactory(ThreadKind.PLATFORM, "http-")));
        server.start();
        service.startWorkers();
        service.run("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        System.exit(0);
    }

    /** The containers that the work is charged to. */
    static List<String> paths(boolean virtualThreads) {
        return virtualThreads
                ? List.of(
                        "/pools/http",
                        "/pools/shared",
                        "/batch/orders",
                        "/tenants/acme",
                        "/tenants/globex",
                        "/fresh")
                : List.of("/pools/http", "/pools/shared", "/batch/orders");
    }

    private void startWorkers() {
        start(ThreadKind.PLATFORM, "batch-orders");
        if (ThreadKind.VIRTUAL.isSupported()) {
            start(ThreadKind.VIRTUAL, "tenant-acme");
            start(ThreadKind.VIRTUAL, "tenant-globex");
        }
    }

    /** A thread that serves its queue until the end. */
    private void start(ThreadKind kind, String name) {
        BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
        workers.put(name, queue);
        Thread worker = kind.unstarted(() -> {
            try {
                while (true) {
                    queue.take().run();
                }
            } catch (InterruptedException over) {
                // The interrupt ends the service.
            }
        });
        worker.setName(name);
        worker.setDaemon(true);
        worker.start();
    }

    private void run(String address) throws Exception {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        if (measuresShares) {
            join(load(CLIENTS, address + "light", new AtomicInteger(LIGHT), new CountDownLatch(0)));
        }
        AtomicInteger more = new AtomicInteger(Integer.MAX_VALUE);
        CountDownLatch warm = new CountDownLatch(WARMUPS);
        List<Thread> clients = load(CLIENTS, address, more, warm);
        warm.await();
        System.out.println("warm");
        in.readLine();
        // The load goes on to the end; code that is compiled again then does not change the shares.
        more.set(WARMUPS);
        join(clients);
        Map<String, Long> before = Api.cpuNanos();
        int requests = measuresShares ? REQUESTS : FEW_REQUESTS;
        join(load(1, address, new AtomicInteger(requests), new CountDownLatch(0)));
        Map<String, Long> after = Api.cpuNanos();
        after.forEach(
                (path, cpuNanos) -> System.out.println(path + "=" + (cpuNanos - before.get(path))));
        System.out.println("active=" + Containers.isActive());
        System.out.println("answered=" + answered);
        System.out.println("failed=" + failed);
    }

    private List<Thread> load(int count, String address, AtomicInteger more, CountDownLatch done) {
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Thread client = new Thread(
                    () -> {
                        while (more.getAndDecrement() > 0) {
                            request(address);
                            done.countDown();
                        }
                    },
                    "client-" + i);
            client.start();
            clients.add(client);
        }
        return clients;
    }

    private static void join(List<Thread> threads) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void request(String address) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(address).toURL().openConnection();
            connection.setReadTimeout(30_000);
            if (connection.getResponseCode() == 200
                    && new String(
                                    connection.getInputStream().readAllBytes(),
                                    StandardCharsets.UTF_8)
                            .equals("done")) {
                answered.incrementAndGet();
                return;
            }
        } catch (IOException failure) {
            System.err.println(failure);
        }
        failed.incrementAndGet();
    }

    /**
     * The request's thread does one unit, each other thread one, and some two, one after the other.
     */
    private void answer(HttpExchange exchange) throws IOException {
        byte[] answer = "done".getBytes(StandardCharsets.UTF_8);
        try {
            if (exchange.getRequestURI().getPath().equals("/")) {
                work();
            }
        } catch (Exception failure) {
            answer = failure.toString().getBytes(StandardCharsets.UTF_8);
        }
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private void work() throws Exception {
        for (Map.Entry<String, BlockingQueue<Runnable>> worker : workers.entrySet()) {
            CountDownLatch done = new CountDownLatch(1);
            worker.getValue().add(() -> {
                unit();
                if (worker.getKey().equals("tenant-globex")) {
                    unit();
                }
                done.countDown();
            });
            done.await();
        }
        unit();
        shared.submit(this::unit).get();
        if (ThreadKind.VIRTUAL.isSupported()) {
            Thread fresh = ThreadKind.VIRTUAL.unstarted(this::unit);
            fresh.setName("fresh-1");
            fresh.start();
            fresh.join();
        }
    }

    private void unit() {
        Units.burn(steps);
    }

    /** Names threads by number. */
    private static final class NamedThreadFactory implements java.util.concurrent.ThreadFactory {
        private final ThreadKind kind;
        private final String prefix;
        private final AtomicInteger number = new AtomicInteger();

        NamedThreadFactory(ThreadKind kind, String prefix) {
            this.kind = kind;
            this.prefix = prefix;
        }

        @Override
        public Thread newThread(Runnable task) {
            Thread thread = kind.unstarted(task);
            thread.setName(prefix + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        }
    }

    /** A separate class, so that the API is not loaded with the code that burns. */
    private static final class Units {
        private static volatile long sink = 1;

        /** Does the same work each time; the compiler cannot shorten it. */
        static void burn(int steps) {
            long value = sink;
            for (int i = 0; i < steps; i++) {
                value ^= value << 13;
                value ^= value >>> 7;
                value ^= value << 17;
            }
            sink = value;
        }
    }

    /** A separate class, so that the API is not loaded before it is used. */
    private static final class Api {

        static Map<String, Long> cpuNanos() {
            Map<String, Long> cpuNanos = new LinkedHashMap<>();
            for (String path : paths(true)) {
                Usage usage = Containers.at(path).usage();
                cpuNanos.put(path, usage.cpuNanos());
            }
            return cpuNanos;
        }
    }
}
