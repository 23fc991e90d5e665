package io.corral.examples.load;

import io.corral.examples.load.Plan.Step;
import io.corral.examples.service.Shop;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Sends the requests of the {@link Plan} over a few connections. A connection sends its next
 * request after the answer to the one before.
 */
public final class Load {

    /** Enough to keep a small machine busy. More requests would only queue in the service. */
    private static final int CONNECTIONS = 4;

    private final HttpClient client;
    private final Plan plan = new Plan();
    private final ExecutorService connections = Executors.newFixedThreadPool(CONNECTIONS);
    private final int port;

    private final AtomicLong next = new AtomicLong();
    private final AtomicLong end;
    private final LongAdder answered = new LongAdder();
    private final AtomicReference<@Nullable String> firstError = new AtomicReference<>();

    /** Sends the first {@code rounds} rounds of the plan; with 0, until {@link #stop}. */
    public Load(HttpClient client, int port, long rounds) {
        this.client = client;
        this.port = port;
        this.end = new AtomicLong(rounds == 0 ? Long.MAX_VALUE : Plan.firstOfRound(rounds));
    }

    /** The number of rounds that have at least {@code requests} requests. */
    public static long roundsOf(long requests) {
        return Plan.roundsOf(requests);
    }

    public static HttpClient client() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    public void start() {
        for (int i = 0; i < CONNECTIONS; i++) {
            connections.execute(this::send);
        }
        connections.shutdown();
    }

    /** Completes the current round, so that all tenants have sent the same mix of requests. */
    public void stop() throws InterruptedException {
        end.accumulateAndGet(Plan.nextRound(next.get()), Math::min);
        join();
    }

    /** Waits for the last answer. */
    public void join() throws InterruptedException {
        ended(Long.MAX_VALUE);
    }

    /**
     * Waits for the last answer, but not longer than {@code millis}. Returns whether it has come.
     */
    public boolean ended(long millis) throws InterruptedException {
        return connections.awaitTermination(millis, TimeUnit.MILLISECONDS);
    }

    public long answered() {
        return answered.sum();
    }

    /** The first error, or null. */
    public @Nullable String firstError() {
        return firstError.get();
    }

    private void send() {
        for (long i = next.getAndIncrement(); i < end.get(); i = next.getAndIncrement()) {
            send(plan.step(i));
        }
    }

    private void send(Step step) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + step.endpoint()))
                .header(Shop.TENANT_HEADER, step.tenant())
                .timeout(Duration.ofSeconds(20))
                .build();
        try {
            HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
            if (response.statusCode() == 200) {
                answered.increment();
            } else {
                fail(step, "status " + response.statusCode());
            }
        } catch (IOException e) {
            fail(step, e.toString());
        } catch (InterruptedException e) {
            end.set(0);
        }
    }

    private void fail(Step step, String cause) {
        firstError.compareAndSet(null, step.endpoint() + " for " + step.tenant() + ": " + cause);
        // A service that has ended would give thousands of errors a second.
        end.set(0);
    }
}
