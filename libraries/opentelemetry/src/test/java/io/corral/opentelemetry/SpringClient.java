package io.corral.opentelemetry;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** Asks {@link SpringProgram} for work. */
final class SpringClient {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private SpringClient() {}

    /** @return the thread of the request, as text */
    static String get(String port, String tenant, int rounds) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/work?rounds=" + rounds))
                .header("X-Tenant", tenant)
                .build();
        return CLIENT.send(request, BodyHandlers.ofString()).body();
    }
}
