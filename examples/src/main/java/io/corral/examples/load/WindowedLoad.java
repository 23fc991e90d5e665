package io.corral.examples.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * Loads services on this machine, as it is told on its standard input: each line {@code PORT ROUNDS}
 * is a window of so many rounds of the {@link Plan}, always from its begin. Once all answers have come
 * it prints {@code done}, the number of requests, the nanoseconds they took, and the median and the
 * 99th percentile of one request's; or {@code failed} and why, and exits with 1.
 *
 * <p>For measuring: each window is the same work, and this JVM is warm for all but the first.
 */
public final class WindowedLoad {

    private WindowedLoad() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        HttpClient client = Load.client();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] words = line.split(" ", -1);
            int port = Integer.parseInt(words[0]);
            long requests = Plan.firstOfRound(Long.parseLong(words[1]));
            Load load = new Load(client, port, requests);
            long begin = System.nanoTime();
            load.start();
            load.join();
            long nanos = System.nanoTime() - begin;
            @Nullable String error = load.firstError();
            if (error != null) {
                System.out.println("failed " + error);
                System.exit(1);
            }
            System.out.println("done " + load.answered() + " " + nanos + " "
                    + load.latencies().nanos(0.5) + " " + load.latencies().nanos(0.99));
        }
    }
}
