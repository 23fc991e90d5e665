package io.corral.field.agents;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;

/** Where rules for methods and for requests enter a tenant's container. */
final class RuleEntries {

    private final HttpServer server;

    /** What the next request runs. */
    private volatile Runnable task = () -> {};

    RuleEntries() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    /** The ways in which a tenant's task runs, by the container that the rules have above it. */
    Map<String, Entry> byContainer() {
        return Map.of("/called/", this::call, "/asked/", this::ask);
    }

    /** A way to run a task for a tenant. */
    interface Entry {
        void run(String tenant, Runnable task) throws IOException;
    }

    /** Named by a rule. */
    void call(String tenant, Runnable called) {
        called.run();
    }

    private void ask(String tenant, Runnable asked) throws IOException {
        task = asked;
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setRequestProperty("X-Tenant", tenant);
        if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
            throw new IOException("answered " + connection.getResponseCode());
        }
        connection.getInputStream().readAllBytes();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            task.run();
            exchange.sendResponseHeaders(HttpURLConnection.HTTP_OK, -1);
        }
    }
}
