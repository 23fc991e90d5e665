package io.corral.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** Asks {@link SpringProgram} for work. */
final class SpringClient {

    /** Requests of the tenant {@code first}, which {@link #work} begins with. */
    static final int WARM_UP = 200;

    /** Of each other tenant. */
    static final int REQUESTS = 30;

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private SpringClient() {}

    /**
     * Sends requests of {@code acme}, and as many of {@code globex} with twice the work.
     *
     * @param isVirtual whether they must be on virtual threads
     */
    static void work(String port, boolean isVirtual, int rounds) throws Exception {
        // A span has what the server and OpenTelemetry do around the tenant's part, too, which is
        // most while classes are loaded. If Corral's agent comes second, the thread of the first
        // request may not be followed.
        for (int i = 0; i < WARM_UP; i++) {
            get(port, "first", 1);
        }
        for (int i = 0; i < REQUESTS; i++) {
            assertThat(get(port, "acme", rounds).contains("VirtualThread")).isEqualTo(isVirtual);
            get(port, "globex", 2 * rounds);
        }
    }

    /** @return the thread of the request, as text */
    private static String get(String port, String tenant, int rounds) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/work?rounds=" + rounds))
                .header("X-Tenant", tenant)
                .build();
        return CLIENT.send(request, BodyHandlers.ofString()).body();
    }
}
