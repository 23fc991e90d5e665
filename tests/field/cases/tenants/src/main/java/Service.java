import com.acme.Application;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/** Spring Boot 3 with Spring Security: each request has its tenant in all places. */
public final class Service {

    private static final int ROUNDS = 500;

    public static void main(String[] arguments) throws Exception {
        // Lets a client choose the header Host.
        System.setProperty("sun.net.http.allowRestrictedHeaders", "true");
        int port = Application.start(Tenants::work);
        Tenants.inTurns(ROUNDS, tenant -> ask(port, tenant));
    }

    private static void ask(int port, String tenant) throws IOException {
        URI address = URI.create(
                "http://127.0.0.1:" + port + "/" + tenant + "/orders/7?tenant=" + tenant);
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setRequestProperty("Authorization", "Bearer token-" + tenant);
        connection.setRequestProperty("Host", tenant + ".example.com:" + port);
        connection.setRequestProperty("X-Tenant", tenant);
        connection.setRequestProperty("Cookie", "session=x; tenant=" + tenant);
        connection.setRequestProperty("baggage", "tenant=" + tenant);
        if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
            throw new IOException(tenant + ": " + connection.getResponseCode());
        }
        connection.getInputStream().readAllBytes();
    }
}
