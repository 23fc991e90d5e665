package io.corral.integration.servers;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A client's connection for one HTTP request after another. It never opens another one itself. */
public final class KeptConnection implements AutoCloseable {

    /** The path of requests that ask for another protocol. */
    private static final String UPGRADE = "/upgrade";

    private static final int TIMEOUT_MILLIS = 20_000;

    private final Socket socket;
    private final InputStream in;

    public KeptConnection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** @param headers by name in lower case */
    public record Answer(int status, Map<String, String> headers, String body) {}

    /** @param body empty for a request without one */
    public Answer ask(String path, String tenant, String body) throws IOException {
        send(path, tenant, body);
        return receive();
    }

    void send(String path, String tenant, String body) throws IOException {
        String request = (body.isEmpty() ? "GET " : "POST ") + path
                + " HTTP/1.1\r\nHost: localhost\r\nX-Tenant: " + tenant
                + (path.equals(UPGRADE) ? "\r\nConnection: Upgrade\r\nUpgrade: own" : "")
                + (body.isEmpty() ? "" : "\r\nContent-Length: " + body.length())
                + "\r\n\r\n" + body;
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    }

    Answer receive() throws IOException {
        int status = Integer.parseInt(line().split(" ", -1)[1]);
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        StringBuilder body = new StringBuilder();
        if (headers.containsKey("content-length")) {
            body.append(text(Integer.parseInt(headers.get("content-length"))));
        } else {
            for (int size = size(); size > 0; size = size()) {
                body.append(text(size));
                line();
            }
            line();
        }
        return new Answer(status, headers, body.toString());
    }

    /** The size of the next chunk. */
    private int size() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    private String text(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the server has closed the connection within an answer");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the server has closed the connection");
            }
            if (next == '\n') {
                return line.toString(StandardCharsets.US_ASCII).strip();
            }
            line.write(next);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
