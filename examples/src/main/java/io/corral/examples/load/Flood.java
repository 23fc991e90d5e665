package io.corral.examples.load;

import io.corral.examples.service.Shop;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * One tenant sends as many requests as the service takes, over 400 connections. The other tenants
 * send ten requests a second each, on a fixed schedule. A client that is refused comes again when
 * the service has said.
 */
// The callbacks handle failures.
@SuppressWarnings("FutureReturnValueIgnored")
public final class Flood implements AutoCloseable {

    /** Twice the workers of the service's pool. */
    public static final int CONNECTIONS = 400;

    /** The requests of each of the other tenants. */
    public static final int OTHERS_A_SECOND = 10;

    private static final int TOO_MANY_REQUESTS = 429;

    /** An answer of the service from this status on counts as none. */
    private static final int FAILED = 500;

    /** How long {@link #close} waits for answers. */
    private static final int MAX_CLOSE_MILLIS = 20_000;

    private final HttpClient client;
    private final int port;
    private final String path;
    private final ScheduledExecutorService schedule = new ScheduledThreadPoolExecutor(2);

    /** The requests without an answer. */
    private final AtomicInteger open = new AtomicInteger();

    private volatile Phase phase = new Phase();
    private volatile boolean hasEnded;

    /**
     * What the clients have seen in a time: answers and refusals of the tenant that floods, and
     * what became of the requests that the others have sent.
     */
    public static final class Phase {

        private final LongAdder answeredToFlood = new LongAdder();
        private final LongAdder refusedToFlood = new LongAdder();
        private final LongAdder sentByOthers = new LongAdder();
        private final LongAdder refusedToOthers = new LongAdder();
        private final List<Double> millis = new ArrayList<>();

        public long answeredToFlood() {
            return answeredToFlood.sum();
        }

        public long refusedToFlood() {
            return refusedToFlood.sum();
        }

        public long refusedToOthers() {
            return refusedToOthers.sum();
        }

        /** Requests of the other tenants without an answer yet. */
        public synchronized long unanswered() {
            return sentByOthers.sum() - refusedToOthers.sum() - millis.size();
        }

        public long sentByOthers() {
            return sentByOthers.sum();
        }

        /**
         * The time in which that part of the others' requests was answered, of those that were not
         * refused; infinite if fewer were.
         */
        public synchronized double millis(double part) {
            double[] sorted = millis.stream().mapToDouble(each -> each).sorted().toArray();
            int index = (int) ((sentByOthers.sum() - refusedToOthers.sum()) * part);
            return index < sorted.length ? sorted[index] : Double.POSITIVE_INFINITY;
        }

        private synchronized void answeredToOther(double elapsedMillis) {
            millis.add(elapsedMillis);
        }
    }

    /** @param path what the tenant that floods asks for */
    public Flood(HttpClient client, int port, String path) {
        this.client = client;
        this.port = port;
        this.path = path;
    }

    /** Begins with the requests. */
    public void start() {
        for (int i = 0; i < CONNECTIONS; i++) {
            flood();
        }
        long interval = TimeUnit.SECONDS.toNanos(1) / OTHERS_A_SECOND;
        for (String tenant : Shop.TENANTS.subList(1, Shop.TENANTS.size())) {
            schedule.scheduleAtFixedRate(
                    () -> sendForOther(tenant), 0, interval, TimeUnit.NANOSECONDS);
        }
    }

    /** Begins to count anew. */
    public Phase next() {
        Phase next = new Phase();
        phase = next;
        return next;
    }

    private CompletableFuture<HttpResponse<Void>> send(String tenant, String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header(Shop.TENANT_HEADER, tenant)
                .timeout(Duration.ofMinutes(1))
                .build();
        open.incrementAndGet();
        return client.sendAsync(request, BodyHandlers.discarding())
                .whenComplete((response, failure) -> open.decrementAndGet());
    }

    private void flood() {
        send(Shop.TENANTS.get(0), path).whenComplete((response, failure) -> floodAgain(response));
    }

    private void floodAgain(@Nullable HttpResponse<Void> response) {
        Phase now = phase;
        long waitMillis = 0;
        if (response == null || response.statusCode() >= FAILED) {
            waitMillis = 100;
        } else if (response.statusCode() == TOO_MANY_REQUESTS) {
            now.refusedToFlood.increment();
            waitMillis =
                    1_000 * response.headers().firstValueAsLong("Retry-After").orElse(1);
        } else {
            now.answeredToFlood.increment();
        }
        if (!hasEnded) {
            schedule.schedule(this::flood, waitMillis, TimeUnit.MILLISECONDS);
        }
    }

    private void sendForOther(String tenant) {
        Phase sent = phase;
        long began = System.nanoTime();
        sent.sentByOthers.increment();
        send(tenant, Shop.BUSY_PATH).whenComplete((response, failure) -> {
            if (response != null && response.statusCode() == TOO_MANY_REQUESTS) {
                sent.refusedToOthers.increment();
            } else if (response != null && response.statusCode() < FAILED) {
                sent.answeredToOther((System.nanoTime() - began) / 1e6);
            }
        });
    }

    /** Sends nothing more, and waits for the answers. */
    @Override
    public void close() throws InterruptedException {
        hasEnded = true;
        schedule.shutdownNow();
        for (int waited = 0; open.get() > 0 && waited < MAX_CLOSE_MILLIS; waited += 100) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }
}
