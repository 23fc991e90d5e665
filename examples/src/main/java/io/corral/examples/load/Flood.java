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

    private final HttpClient client;
    private final int port;
    private final ScheduledExecutorService schedule = new ScheduledThreadPoolExecutor(2);

    private volatile Phase phase = new Phase();
    private volatile String path = Shop.BUSY_PATH;
    private volatile boolean hasEnded;

    /** What the clients have seen in one part of the run. */
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

    public Flood(HttpClient client, int port) {
        this.client = client;
        this.port = port;
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

    /** Begins to count anew. Requests that are under way count for the part that sent them. */
    public Phase next() {
        Phase next = new Phase();
        phase = next;
        return next;
    }

    /** Sets what the tenant that floods asks for from now on. */
    public void path(String path) {
        this.path = path;
    }

    private CompletableFuture<HttpResponse<Void>> send(String tenant, String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header(Shop.TENANT_HEADER, tenant)
                .timeout(Duration.ofMinutes(1))
                .build();
        return client.sendAsync(request, BodyHandlers.discarding());
    }

    private void flood() {
        Phase sent = phase;
        send(Shop.TENANTS.get(0), path)
                .whenComplete((response, failure) -> floodAgain(sent, response));
    }

    private void floodAgain(Phase sent, @Nullable HttpResponse<Void> response) {
        long waitMillis = 0;
        if (response == null) {
            waitMillis = 100;
        } else if (response.statusCode() == TOO_MANY_REQUESTS) {
            sent.refusedToFlood.increment();
            waitMillis =
                    1_000 * response.headers().firstValueAsLong("Retry-After").orElse(1);
        } else {
            sent.answeredToFlood.increment();
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
            } else if (response != null) {
                sent.answeredToOther((System.nanoTime() - began) / 1e6);
            }
        });
    }

    @Override
    public void close() {
        hasEnded = true;
        schedule.shutdownNow();
    }
}
