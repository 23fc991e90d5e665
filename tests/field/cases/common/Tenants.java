import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The clients of a service: tenants a, b and c do the same work once, twice and three times. */
final class Tenants {

    /** Loads classes and has methods compiled, so that no tenant pays for that. */
    static final String WARM_UP = "warmup";

    static final List<String> NAMES = List.of("a", "b", "c", WARM_UP);

    private static final int ROUNDS_OF_WARM_UP = 100;
    private static final int STEPS = 400_000;

    private static volatile long result;

    private static final AtomicLong WORKS = new AtomicLong();

    /** Where {@link #get} has asked last. */
    private static volatile int lastPort;

    private static volatile String lastPath = "";

    private Tenants() {}

    /** One request of a tenant, from its begin to its end. */
    interface Request {
        void of(String tenant) throws Exception;
    }

    /** Six requests a round, on this thread and in turns, so that each tenant meets the same. */
    static void inTurns(int rounds, Request request) throws Exception {
        for (int round = 0; round < ROUNDS_OF_WARM_UP; round++) {
            request.of(WARM_UP);
        }
        if (Shedding.IS_WANTED) {
            if (lastPath.isEmpty()) {
                Shedding.send(request);
            } else {
                Shedding.send(lastPort, lastPath);
            }
            return;
        }
        for (int round = 0; round < rounds; round++) {
            for (String tenant : List.of("a", "b", "c", "c", "b", "c")) {
                request.of(tenant);
            }
        }
    }

    /** What a service does for a request: the same each time, about a millisecond of CPU time. */
    static void work() {
        WORKS.incrementAndGet();
        long x = 1 + (result & 1);
        for (int i = 0; i < STEPS; i++) {
            x ^= x << 13;
            x ^= x >>> 7;
            x ^= x << 17;
        }
        result = x;
    }

    /** The number of calls of {@link #work}. */
    static long works() {
        return WORKS.get();
    }

    /** Asks a server on this machine for a path, with the header {@code X-Tenant} and a cookie. */
    static void get(int port, String path, String tenant) throws IOException {
        lastPort = port;
        lastPath = path;
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
        connection.setRequestProperty("X-Tenant", tenant);
        connection.setRequestProperty("Cookie", "tenant=" + tenant);
        if (connection.getResponseCode() != HttpURLConnection.HTTP_OK && !Shedding.IS_WANTED) {
            throw new IOException(path + ": " + connection.getResponseCode());
        }
        InputStream body = connection.getResponseCode() < HttpURLConnection.HTTP_BAD_REQUEST
                ? connection.getInputStream()
                : connection.getErrorStream();
        if (body != null) {
            body.readAllBytes();
        }
    }
}
