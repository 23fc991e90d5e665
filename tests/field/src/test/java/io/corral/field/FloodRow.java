package io.corral.field;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One run of a service of the cases {@code flood-...} with its clients, which are in a process of
 * their own.
 *
 * @param clients what the clients of each tenant have seen
 * @param cpuNanos the CPU time of each tenant while requests counted
 */
record FloodRow(Map<String, Client> clients, Map<String, Long> cpuNanos) {

    /** The tenant of a request is the container {@code /tenants/NAME}. */
    static final String ENTER = "enter http -> /tenants/{header.X-Tenant}\n";

    static final String FAIR = ENTER + "limit /tenants/* fair\n";

    /** Tenant {@code a} sends over 400 connections. A request uses 20 ms of CPU time. */
    static final String FLOOD = "a:400:burn=20";

    /** Tenant {@code b} sends ten requests a second. */
    static final String LIGHT = "b:10/s:burn=20";

    private static final int WARM_UP_SECONDS = 12;

    private static final int SECONDS = 15;

    /**
     * @param sent requests, of which all others are a part
     * @param rate answers a second
     * @param p50 the milliseconds in which half of the requests were answered; endless if fewer
     *     were
     */
    record Client(
            int sent,
            int done,
            int refused,
            int failed,
            double rate,
            double p50,
            double p95,
            double p99) {

        private static Client parse(String[] columns) {
            return new Client(
                    Integer.parseInt(columns[2]),
                    Integer.parseInt(columns[3]),
                    Integer.parseInt(columns[4]),
                    Integer.parseInt(columns[5]),
                    Double.parseDouble(columns[6]),
                    Double.parseDouble(columns[7]),
                    Double.parseDouble(columns[8]),
                    Double.parseDouble(columns[9]));
        }
    }

    Client client(String name) {
        return clients.get(name);
    }

    /**
     * Runs a service to the end of its clients.
     *
     * @param threads {@code platform} or {@code virtual}
     * @param clients as the class {@code Clients} of the cases takes them
     */
    static FloodRow run(Service service, Jdk jdk, String threads, String rules, String... clients) {
        try {
            Path file = Files.createTempFile(ForkedJvm.temporaryFiles(), "flood-", ".conf");
            Files.writeString(file, rules);
            List<String> arguments = new ArrayList<>(
                    List.of(threads, Integer.toString(WARM_UP_SECONDS), Integer.toString(SECONDS)));
            arguments.addAll(List.of(clients));
            Reading reading = CaseRun.of(service.name(), jdk)
                    .agentArguments("rules=" + file)
                    .run(arguments.toArray(new String[0]));
            Map<String, Client> seen = new TreeMap<>();
            Map<String, Long> used = new TreeMap<>();
            for (String line : reading.outcome().out().split("\n", -1)) {
                if (line.startsWith("client\t")) {
                    String[] columns = line.split("\t", -1);
                    seen.put(columns[1], Client.parse(columns));
                } else if (line.startsWith("used\t")) {
                    String[] columns = line.split("\t", -1);
                    used.put(columns[1], Long.parseLong(columns[2]));
                }
            }
            System.out.println(service + " on " + jdk + ", " + threads + ", "
                    + rules.replace('\n', ';') + " " + String.join(" ", clients) + ": " + seen
                    + used
                    + reading.outcome().err() + reading);
            return new FloodRow(seen, used);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
