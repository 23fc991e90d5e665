package io.corral.integration.views;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Forwards connections from another address of this machine. */
final class Forwarder implements AutoCloseable {

    /** Linux takes any address that begins with 127 for this machine. */
    private static final byte[] FROM = {127, 0, 0, 2};

    private final ServerSocket server;
    private final int port;

    /** @param port where connections are forwarded to */
    Forwarder(int port) throws IOException {
        this.port = port;
        server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    /** Host and port. */
    String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = server.accept();
            Socket target = new Socket(
                    InetAddress.getLoopbackAddress(), port, InetAddress.getByAddress(FROM), 0);
            start(() -> copy(client, target));
            start(() -> copy(target, client));
        }
    }

    private static void copy(Socket from, Socket to) throws IOException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
        }
    }

    private interface Task {
        void run() throws IOException;
    }

    private static void start(Task task) {
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (IOException closed) {
                        // The other end is gone.
                    }
                },
                "forwarder");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
