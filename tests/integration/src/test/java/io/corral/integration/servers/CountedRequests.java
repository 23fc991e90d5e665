package io.corral.integration.servers;

import io.corral.Containers;
import io.corral.LimitStat;
import io.corral.Limits;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.LogManager;

/**
 * Clients of a tenant with a limit send requests of all kinds to a server, and some go away before
 * they have their answers. Prints the most requests that the application has seen at once, the most
 * that the limit has counted, and what it counts at the end.
 */
public final class CountedRequests {

    static final int MAX = 3;

    private static final int CLIENTS = 8;
    private static final int WAIT_MILLIS = 20;

    /** A timeout takes a second. */
    private static final int RARELY = 1000;

    /** An end that the server does not tell is found within this time. */
    private static final long TIMEOUT_NANOS = 90_000_000_000L;

    private static final AtomicInteger RUNNING = new AtomicInteger();
    private static final AtomicInteger MOST = new AtomicInteger();
    private static final AtomicLong UNANSWERED = new AtomicLong();
    private static final Map<String, AtomicLong> ANSWERS = new ConcurrentHashMap<>();

    private CountedRequests() {}

    /** Called when the application gets a request. */
    static void begins() {
        MOST.accumulateAndGet(RUNNING.incrementAndGet(), Math::max);
    }

    /**
     * Called when the application has returned. What it does for an asynchronous request then is
     * not compared: the server may end the request meanwhile.
     */
    static void ends() {
        RUNNING.decrementAndGet();
    }

    /** The arguments are the server, the kind of threads, the limit, and the number of requests. */
    public static void main(String[] arguments) {
        int exitCode = 1;
        try {
            run(arguments);
            exitCode = 0;
        } catch (Exception failure) {
            failure.printStackTrace();
        }
        // Threads of the server may wait.
        System.exit(exitCode);
    }

    private static void run(String[] arguments) throws Exception {
        LogManager.getLogManager().reset();
        String server = arguments[0];
        int port = EndingServers.start(server, arguments[1].equals("virtual"));
        Limits limits = Containers.at("/tenants/a").limits();
        int max = Integer.parseInt(arguments[2]);
        if (max > 0) {
            limits.requestsMax(max, Duration.ofMillis(WAIT_MILLIS));
        }
        int each = Integer.parseInt(arguments[3]) / CLIENTS;
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            int first = i;
            Thread client = new Thread(() -> send(port, server, first, each), "client-" + i);
            client.start();
            clients.add(client);
        }
        long most = 0;
        for (Thread client : clients) {
            while (client.isAlive()) {
                most = Math.max(most, limits.stat().requests());
                client.join(1);
            }
        }
        LimitStat stat = awaitEnd(limits);
        System.out.println("seen=" + MOST.get());
        System.out.println("counted=" + Math.max(most, stat.peakRequests()));
        System.out.println("left=" + stat.requests() + " and " + stat.waiting());
        System.out.println("over=" + stat.over());
        System.out.println("lost=" + stat.lost());
        System.out.println("unanswered=" + UNANSWERED);
        System.out.println("admitted=" + stat.admitted());
        System.out.println("shed=" + stat.shed());
        System.out.println("waited=" + stat.waited());
        System.out.println("answers=" + new TreeMap<>(ANSWERS));
        if (max > 0 && !server.startsWith("undertow")) {
            System.out.println("gone=" + GoneClient.goWhileItWaits(port));
        }
        if (max > 0 && server.equals("tomcat") && arguments[1].equals("platform")) {
            System.out.println("storm=" + RetryStorm.run());
        }
    }

    /** @return what the limit has counted when all requests have ended, or the time is over */
    static LimitStat awaitEnd(Limits limits) throws InterruptedException {
        long deadline = System.nanoTime() + TIMEOUT_NANOS;
        LimitStat stat = limits.stat();
        while (stat.requests() + stat.waiting() > 0 && System.nanoTime() < deadline) {
            Thread.sleep(100);
            stat = limits.stat();
        }
        return stat;
    }

    private static void send(int port, String server, int first, int count) {
        List<String> kinds = EndingServers.kinds(server);
        String rare = first % 2 == 0 ? "timeout" : "timeout-thrown-error";
        KeptConnection connection = null;
        for (int i = 0; i < count; i++) {
            String kind = i % RARELY == 0 && !server.equals("undertow")
                    ? rare
                    : kinds.get((first + i) % kinds.size());
            try {
                if (kind.startsWith("gone-")) {
                    sendAndGo(port, kind.substring("gone-".length()), "a");
                    continue;
                }
                if (connection == null) {
                    connection = new KeptConnection(port);
                }
                String body = kind.equals("post") ? "x".repeat(3000) : "";
                KeptConnection.Answer answer = connection.ask("/" + kind, "a", body);
                count(kind + " " + answer.status());
                if ("close".equalsIgnoreCase(answer.headers().get("connection"))) {
                    connection.close();
                    connection = null;
                }
            } catch (IOException failure) {
                if (failure instanceof SocketTimeoutException) {
                    UNANSWERED.incrementAndGet();
                }
                count(kind + " " + failure.getMessage());
                close(connection);
                connection = null;
            }
        }
    }

    private static void close(KeptConnection connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (IOException failure) {
            count("close " + failure.getMessage());
        }
    }

    private static void count(String answer) {
        ANSWERS.computeIfAbsent(answer, text -> new AtomicLong()).incrementAndGet();
    }

    /** Does not read the answer, or does not even send all of the request. */
    static void sendAndGo(int port, String kind, String tenant) throws IOException {
        sendAndGo(port, kind, tenant, () -> {});
    }

    static void sendAndGo(int port, String kind, String tenant, Runnable between)
            throws IOException {
        boolean isHalf = kind.equals("half");
        String request = (isHalf ? "POST" : "GET") + " /" + (isHalf ? "post" : kind)
                + " HTTP/1.1\r\nHost: localhost\r\nX-Tenant: " + tenant + "\r\n"
                + (isHalf ? "Content-Length: 5000\r\n\r\nhalf" : "\r\n");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoLinger(true, 0);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            between.run();
        }
    }
}
