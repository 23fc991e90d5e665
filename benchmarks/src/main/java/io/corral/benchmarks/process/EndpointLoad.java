package io.corral.benchmarks.process;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Sends the loaded application so many requests, a few at a time. */
final class EndpointLoad {

    private static final List<String> ENDPOINTS = List.of(
            "request", "async", "callable", "future", "parallel", "pool", "call", "call-async");

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port;

    EndpointLoad(int port) {
        this.port = port;
    }

    /** One request to each endpoint at a time, and all answered before the next. */
    void send(int requestsOfEach) throws IOException {
        for (int i = 0; i < requestsOfEach; i++) {
            List<CompletableFuture<HttpResponse<Void>>> answers = new ArrayList<>();
            for (String endpoint : ENDPOINTS) {
                answers.add(client.sendAsync(request(endpoint), BodyHandlers.discarding()));
            }
            for (CompletableFuture<HttpResponse<Void>> answer : answers) {
                check(answer);
            }
        }
    }

    private HttpRequest request(String endpoint) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/" + endpoint))
                .timeout(TIMEOUT)
                .build();
    }

    private static void check(CompletableFuture<HttpResponse<Void>> answer) throws IOException {
        try {
            HttpResponse<Void> response = answer.join();
            if (response.statusCode() != 200) {
                throw new IOException(response.uri() + " answered " + response.statusCode());
            }
        } catch (CompletionException e) {
            throw new IOException("no answer from the application", e);
        }
    }
}
