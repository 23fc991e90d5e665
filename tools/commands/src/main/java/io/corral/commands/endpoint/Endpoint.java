package io.corral.commands.endpoint;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The address at which a JVM serves metrics.
 *
 * @param name the host and the port, for a row of a table
 */
record Endpoint(URI uri, String name) {

    /** Where {@code metrics=prometheus} listens if it is not told otherwise. */
    private static final int MAX_PORT = 65_535;

    private static final int PORT = 9464;

    private static final String PATH = "/metrics";

    private static final int OK = 200;
    private static final int MAX_BYTES = 64 << 20;
    private static final int BUFFER_BYTES = 1 << 16;

    static boolean isUrl(String text) {
        return text.startsWith("http://") || text.startsWith("https://");
    }

    /**
     * @param text a URL. Without a path it gets that of the exporter, and then without a port the
     *     exporter's port
     * @throws IOException if it is no such URL
     */
    static Endpoint of(String text) throws IOException {
        try {
            URI given = new URI(text);
            String path = given.getRawPath();
            boolean isBare = path == null || path.isEmpty() || path.equals("/");
            if (!isUrl(text) || given.getHost() == null) {
                throw new URISyntaxException(text, "it has no host");
            }
            if (given.getPort() == 0 || given.getPort() > MAX_PORT) {
                throw new URISyntaxException(text, "its port is not between 1 and " + MAX_PORT);
            }
            int port = isBare && given.getPort() < 0 && given.getScheme().equals("http")
                    ? PORT
                    : given.getPort();
            String name = given.getHost() + (port < 0 ? "" : ":" + port);
            String query = given.getRawQuery() == null ? "" : "?" + given.getRawQuery();
            return new Endpoint(
                    new URI(given.getScheme() + "://" + name + (isBare ? PATH : path) + query),
                    name);
        } catch (URISyntaxException wrong) {
            throw new IOException(
                    text + " is no URL of metrics: " + wrong.getReason()
                            + "; expected one such as http://127.0.0.1:9464",
                    wrong);
        }
    }

    /**
     * Reads the metrics now.
     *
     * @param millis the longest time for the connection, and that between two parts of the answer;
     *     also the longest time for all of it, within a factor of two
     * @throws IOException if there are no metrics of Corral; the message says why, with the URL
     */
    Export read(int millis) throws IOException {
        try {
            long deadline = System.nanoTime() + millis * 1_000_000L;
            HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
            connection.setConnectTimeout(millis);
            connection.setReadTimeout(millis);
            connection.setRequestProperty("Accept", "text/plain;version=0.0.4");
            try {
                return read(connection, deadline);
            } catch (IOException | RuntimeException failure) {
                connection.disconnect();
                throw failure;
            }
        } catch (NoCorralException another) {
            throw another;
        } catch (IOException | RuntimeException failure) {
            throw new IOException(uri + ": " + reason(failure, millis), failure);
        }
    }

    private Export read(HttpURLConnection connection, long deadline) throws IOException {
        int status = connection.getResponseCode();
        // The JVM takes its snapshot before it answers.
        Instant now = Instant.now();
        long nanoTime = System.nanoTime();
        if (status < 0) {
            throw new IOException("the answer is not HTTP");
        }
        if (status != OK) {
            throw new IOException("the answer is " + status);
        }
        String text;
        try (InputStream in = connection.getInputStream()) {
            text = text(in, connection.getContentLengthLong(), deadline);
        }
        Export export = Export.of(
                MetricsText.parse(text), ChronoUnit.MICROS.between(Instant.EPOCH, now), nanoTime);
        if (export == null) {
            throw new NoCorralException("no Corral metrics at " + uri);
        }
        return export;
    }

    /**
     * Also ends if a server sends a byte now and then without an end.
     *
     * @param length of the answer in bytes, or -1
     */
    private static String text(InputStream in, long length, long deadline) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            text.write(buffer, 0, read);
            if (text.size() > MAX_BYTES) {
                throw new IOException("the answer is longer than " + MAX_BYTES + " bytes");
            }
            if (System.nanoTime() > deadline) {
                throw new SocketTimeoutException();
            }
        }
        if (text.size() < length) {
            throw new IOException("the answer is cut off");
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    private static String reason(Exception failure, int millis) {
        if (failure instanceof SocketTimeoutException) {
            return "no answer within " + millis / 1000 + " s";
        }
        if (failure instanceof UnknownHostException) {
            return "the host is unknown";
        }
        if (failure instanceof ConnectException) {
            return "no connection: " + failure.getMessage();
        }
        String message = failure.getMessage();
        return message == null ? failure.toString() : message;
    }

    /** The endpoint is another exporter's. */
    private static final class NoCorralException extends IOException {

        private static final long serialVersionUID = 1;

        NoCorralException(String message) {
            super(message);
        }
    }
}
