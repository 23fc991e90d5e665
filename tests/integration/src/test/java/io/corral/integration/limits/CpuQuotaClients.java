package io.corral.integration.limits;

import io.corral.integration.servers.KeptConnection;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * Clients of {@link CpuQuotaServer}, in a JVM of their own. Each connection sends one request after
 * another.
 */
final class CpuQuotaClients {

    private CpuQuotaClients() {}

    /**
     * The arguments are the port, and for each tenant its name, the milliseconds of a request, the
     * number of connections, and the number of requests of each, with colons between them.
     */
    public static void main(String[] arguments) {
        int port = Integer.parseInt(arguments[0]);
        for (String each : Arrays.asList(arguments).subList(1, arguments.length)) {
            String[] words = each.split(":");
            int connections = Integer.parseInt(words[2]);
            int requests = Integer.parseInt(words[3]);
            new Thread(() -> run(port, words[0], "/" + words[1], connections, requests)).start();
        }
    }

    /** The other connections follow when the first request has shown what such a one costs. */
    private static void run(int port, String tenant, String path, int connections, int requests) {
        try (KeptConnection connection = new KeptConnection(port)) {
            ask(connection, path, tenant);
            for (int i = 1; i < connections; i++) {
                new Thread(() -> run(port, tenant, path, 1, requests)).start();
            }
            for (int i = 1; i < requests; i++) {
                ask(connection, path, tenant);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void ask(KeptConnection connection, String path, String tenant)
            throws IOException {
        KeptConnection.Answer answer = connection.ask(path, tenant, "");
        if (answer.status() != 200) {
            throw new IllegalStateException(tenant + " was answered with " + answer);
        }
    }
}
