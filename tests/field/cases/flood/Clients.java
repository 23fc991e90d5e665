import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Clients of a server on this machine, for a number of seconds. Arguments: the port, seconds of
 * warm-up, seconds that count, and for each tenant {@code NAME:CONNECTIONS:QUERY} or
 * {@code NAME:RATE/s:QUERY}. Connections send one request after another, and wait after a refusal
 * for as long as the server says. A rate is a fixed schedule, whatever the server does.
 *
 * <p>Prints a line for each tenant: how many of its requests were sent, answered, refused and
 * failed, the answers a second, whenever they were sent, and the milliseconds in which 50, 95 and
 * 99% of its requests were answered. A request without an answer takes endless.
 */
public final class Clients {

    /**
     * Connections of a tenant begin in that time. If they began at once, the server would answer
     * all of them at once, and so on.
     */
    private static final long START_MILLIS = 3_000;

    /** Requests that begin from then on count. */
    private static volatile long countsFrom = Long.MAX_VALUE;

    private static volatile long countsUntil = Long.MAX_VALUE;
    private static volatile boolean ends;

    private Clients() {}

    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[0]);
        List<Tenant> tenants = new ArrayList<>();
        for (String each : Arrays.asList(arguments).subList(3, arguments.length)) {
            Tenant tenant = new Tenant(port, each.split(":", 3));
            tenants.add(tenant);
            tenant.start();
        }
        TimeUnit.SECONDS.sleep(Integer.parseInt(arguments[1]));
        countsFrom = System.nanoTime();
        TimeUnit.SECONDS.sleep(Integer.parseInt(arguments[2]));
        countsUntil = System.nanoTime();
        // Requests on a schedule that are under way count as well.
        TimeUnit.SECONDS.sleep(1);
        ends = true;
        for (Tenant tenant : tenants) {
            System.out.println(tenant.result((countsUntil - countsFrom) / 1e9));
        }
        System.exit(0);
    }

    private static boolean counts(long nanoTime) {
        return nanoTime >= countsFrom && nanoTime < countsUntil;
    }

    /** One tenant's clients. */
    private static final class Tenant {

        private final int port;
        private final String name;
        private final boolean isScheduled;
        private final int count;
        private final byte[] request;

        /** When the first request of a schedule is due. */
        private final long first = System.nanoTime();

        private final LongAdder sent = new LongAdder();
        private final LongAdder done = new LongAdder();
        private final LongAdder answers = new LongAdder();
        private final LongAdder refused = new LongAdder();
        private final LongAdder failed = new LongAdder();
        private final List<Double> milliseconds = Collections.synchronizedList(new ArrayList<>());

        Tenant(int port, String[] words) {
            this.port = port;
            this.name = words[0];
            this.isScheduled = words[1].endsWith("/s");
            this.count = Integer.parseInt(words[1].replace("/s", ""));
            this.request = ("GET /work?" + words[2] + " HTTP/1.1\r\nHost: localhost\r\nX-Tenant: "
                            + name + "\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1);
        }

        void start() {
            int threads = isScheduled ? 4 * count : count;
            for (int i = 0; i < threads; i++) {
                int number = i;
                long due = due(i);
                Thread thread = new Thread(
                        null,
                        () -> {
                            try {
                                if (!isScheduled) {
                                    TimeUnit.MILLISECONDS.sleep(START_MILLIS * number / count);
                                }
                                runClient(due);
                            } catch (Exception failure) {
                                failed.increment();
                            }
                        },
                        name + "-" + i,
                        256 << 10);
                thread.setDaemon(true);
                thread.start();
            }
        }

        /** When the request of a schedule with this number is due. */
        private long due(int number) {
            return first + TimeUnit.SECONDS.toNanos(number) / count;
        }

        /** Sends each fourth second's request of the schedule, or one after another. */
        private void runClient(long due) throws Exception {
            long next = due;
            Connection connection = null;
            while (!ends) {
                if (isScheduled) {
                    TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
                }
                long began = isScheduled ? next : System.nanoTime();
                boolean isCounted = counts(began);
                if (isCounted) {
                    sent.increment();
                }
                try {
                    if (connection == null) {
                        connection = new Connection(port);
                    }
                    int retryAfter = connection.exchange(request);
                    long ended = System.nanoTime();
                    double elapsed = (ended - began) / 1e6;
                    if (retryAfter == 0 && counts(ended)) {
                        answers.increment();
                    }
                    if (retryAfter > 0) {
                        if (isCounted) {
                            refused.increment();
                        }
                        if (!isScheduled) {
                            TimeUnit.MILLISECONDS.sleep(retryAfter * 1_000L
                                    + ThreadLocalRandom.current().nextInt(200));
                        }
                    } else if (isCounted) {
                        done.increment();
                        milliseconds.add(elapsed);
                    }
                } catch (IOException broken) {
                    connection = null;
                    if (isCounted) {
                        failed.increment();
                    }
                    TimeUnit.MILLISECONDS.sleep(100);
                }
                next += TimeUnit.SECONDS.toNanos(4);
            }
        }

        /** The requests that count, those included that wait for a client that is busy. */
        private long sent() {
            if (!isScheduled) {
                return sent.sum();
            }
            long all = 0;
            for (int i = 0; due(i) < countsUntil; i++) {
                all += counts(due(i)) ? 1 : 0;
            }
            return all;
        }

        String result(double seconds) {
            Double[] sorted = milliseconds.toArray(new Double[0]);
            Arrays.sort(sorted);
            return "client\t" + name + "\t" + sent() + "\t" + done.sum() + "\t" + refused.sum()
                    + "\t" + failed.sum() + "\t" + answers.sum() / seconds + "\t"
                    + within(sorted, 0.5) + "\t" + within(sorted, 0.95) + "\t"
                    + within(sorted, 0.99);
        }

        /** The time in which this part of the requests was answered, if they were not refused. */
        private double within(Double[] sorted, double part) {
            int index = (int) ((sent() - refused.sum()) * part);
            return index < sorted.length ? sorted[index] : Double.POSITIVE_INFINITY;
        }
    }

    /** A connection that stays open. */
    private static final class Connection {

        private final Socket socket = new Socket();
        private final InputStream in;

        Connection(int port) throws IOException {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 10_000);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(60_000);
            in = new BufferedInputStream(socket.getInputStream(), 1_024);
        }

        /** @return 0, or the seconds after which a refused request may come again */
        int exchange(byte[] request) throws IOException {
            socket.getOutputStream().write(request);
            String status = line();
            int length = 0;
            int retryAfter = 1;
            boolean isChunked = false;
            String header;
            while (!(header = line()).isEmpty()) {
                String lower = header.toLowerCase(java.util.Locale.ROOT);
                if (lower.startsWith("content-length:")) {
                    length = Integer.parseInt(lower.substring(15).trim());
                } else if (lower.startsWith("retry-after:")) {
                    retryAfter = Integer.parseInt(lower.substring(12).trim());
                } else if (lower.startsWith("transfer-encoding:")) {
                    isChunked = true;
                }
            }
            if (isChunked) {
                int size;
                while ((size = Integer.parseInt(line(), 16)) > 0) {
                    in.skipNBytes(size);
                    line();
                }
                line();
            } else {
                in.skipNBytes(length);
            }
            if (status.contains(" 200")) {
                return 0;
            }
            if (status.contains(" 429")) {
                return retryAfter;
            }
            throw new IOException(status);
        }

        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            int next;
            while ((next = in.read()) != '\n') {
                if (next < 0) {
                    throw new IOException("closed");
                }
                if (next != '\r') {
                    line.append((char) next);
                }
            }
            return line.toString();
        }
    }
}
