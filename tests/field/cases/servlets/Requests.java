import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The client of a service: 60% of the requests are from tenant a, 30% from b and 10% from c, and
 * each has the same work to do. The service gets to know the tenant in one of three ways. The
 * header {@code X-Row} has the path of the container in which the work should be done.
 */
final class Requests {

    /** The tenants in turns. */
    private static final List<String> TURNS =
            List.of("a", "b", "a", "c", "a", "b", "a", "a", "b", "a");

    private static final List<String> WAYS = List.of("code", "principals", "tenants");
    private static final int ROUNDS_OF_WARM_UP = 10;
    private static final int ROUNDS = 6;

    /** Kept reachable, because a garbage-collected logger loses its level. */
    private static final Logger LOG = Logger.getLogger("");

    private Requests() {}

    /** Failures that a service is asked for are no news. */
    static void logNothing() {
        LOG.setLevel(Level.OFF);
    }

    /** @param parts the parts of a request that the service knows */
    static void send(int port, List<String> parts) throws IOException {
        for (int round = 0; round < ROUNDS_OF_WARM_UP; round++) {
            send(port, parts, "warmup");
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (String tenant : TURNS) {
                send(port, parts, tenant);
            }
        }
    }

    private static void send(int port, List<String> parts, String tenant) throws IOException {
        for (String way : WAYS) {
            for (String part : parts) {
                send(port, way, part, tenant);
            }
        }
    }

    private static void send(int port, String way, String part, String tenant) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create("http://127.0.0.1:" + port + "/" + way + "/" + part)
                        .toURL()
                        .openConnection();
        connection.setRequestProperty("X-Row", "/" + way + "/" + tenant);
        switch (way) {
            case "principals" -> connection.setRequestProperty("Authorization", "Bearer " + tenant);
            case "tenants" -> connection.setRequestProperty("X-Tenant", tenant);
            default -> {
                // The service reads X-Row.
            }
        }
        long works = Parts.works();
        boolean fails = connection.getResponseCode() >= HttpURLConnection.HTTP_BAD_REQUEST;
        InputStream body = fails ? connection.getErrorStream() : connection.getInputStream();
        if (body != null) {
            body.readAllBytes();
        }
        if (Parts.works() != works + 1) {
            System.out.println("wrong: no work for /" + way + "/" + part + ": "
                    + connection.getResponseCode());
        }
    }
}
