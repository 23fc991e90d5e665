import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A client of a service that refuses all requests of tenant a. It sends them and those of tenant b
 * over one connection, in turns, and prints a line for each answer.
 */
final class Shedding {

    /** Whether the service is started for this client. */
    static final boolean IS_WANTED = Boolean.getBoolean("case.shedding");

    private static final int TIMEOUT_MILLIS = 20_000;
    private static final int ANSWERS = 4;
    private static final int BODY = 1000;

    /** More than one packet has. */
    private static final int LARGE_BODY = 50_000;

    private Shedding() {}

    /** For a client of another protocol than HTTP, which prints its answers. */
    static void send(Tenants.Request request) throws Exception {
        for (int i = 0; i < ANSWERS; i++) {
            long works = Tenants.works();
            request.of("a");
            System.out.println("works=" + (Tenants.works() - works));
            request.of("b");
        }
    }

    /** Prints an answer that such a client has got; nothing while the service warms up. */
    static void print(String answer) {
        if (IS_WANTED && !answer.startsWith(Tenants.WARM_UP)) {
            System.out.println("answer=" + answer);
        }
    }

    static void send(int port, String path) throws IOException, InterruptedException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            for (int body : new int[] {0, BODY, LARGE_BODY, 0}) {
                long works = Tenants.works();
                ask(socket, path, "a", body);
                System.out.println("works=" + (Tenants.works() - works));
                ask(socket, path, "b", 0);
            }
        }
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
        // The first request changes the protocol of the connection, if the service agrees.
        askWithUpgrade(client, port, path, "b");
        long works = Tenants.works();
        askWithUpgrade(client, port, path, "a");
        System.out.println("works=" + (Tenants.works() - works));
        askWithUpgrade(client, port, path, "b");
    }

    private static void askWithUpgrade(HttpClient client, int port, String path, String tenant)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("X-Tenant", tenant)
                .build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        boolean isRefused = answer.headers().firstValue("Retry-After").isPresent();
        System.out.println("http=" + answer.version() + " " + tenant + " " + answer.statusCode()
                + (isRefused ? ": " + answer.body().strip() : ""));
    }

    private static void ask(Socket socket, String path, String tenant, int body)
            throws IOException {
        String request = (body == 0 ? "GET " : "POST ") + path
                + " HTTP/1.1\r\nHost: localhost\r\nX-Tenant: " + tenant
                + (body == 0 ? "" : "\r\nContent-Length: " + body)
                + "\r\n\r\n" + "x".repeat(body);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        InputStream in = socket.getInputStream();
        String status = line(in).split(" ", -1)[1];
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        System.out.println("answer=" + tenant + " " + status + " " + headers.get("retry-after")
                + " " + headers.get("content-type") + ": " + body(in, headers).strip());
    }

    private static String body(InputStream in, Map<String, String> headers) throws IOException {
        String length = headers.get("content-length");
        if (length != null) {
            return text(in, Integer.parseInt(length));
        }
        if (!headers.containsKey("transfer-encoding")) {
            return "";
        }
        StringBuilder body = new StringBuilder();
        int size = Integer.parseInt(line(in), 16);
        while (size > 0) {
            body.append(text(in, size));
            line(in);
            size = Integer.parseInt(line(in), 16);
        }
        line(in);
        return body.toString();
    }

    private static String text(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the server has closed the connection within an answer");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the server has closed the connection");
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.US_ASCII).strip();
    }
}
