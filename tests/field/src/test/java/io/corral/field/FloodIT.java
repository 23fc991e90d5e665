package io.corral.field;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A tenant floods a server with a pool of 200 workers; another one sends ten requests a second.
 * Clients are in a process of their own. Each test has a row without a limit, in the same run.
 */
class FloodIT {

    private static final String ENTER = "enter http -> /tenants/{header.X-Tenant}\n";
    private static final String FAIR = ENTER + "limit /tenants/* fair\n";

    private static final String FLOOD = "a:400:burn=20";
    private static final String HALF_ASLEEP = "a:400:burn=10&sleep=10";
    private static final String LIGHT = "b:10/s:burn=20";

    private static final int WARM_UP_SECONDS = 8;
    private static final int SECONDS = 20;

    static Stream<Service> services() {
        return Stream.of("flood-springboot", "flood-jetty12")
                .map(name -> new Service(name, 25))
                .filter(Service::isWanted);
    }

    /** What the clients of one tenant have seen; times in milliseconds. */
    private record Client(
            int sent, int done, int refused, int failed, double rate, double p50, double p99) {

        static Client parse(String[] columns) {
            return new Client(
                    Integer.parseInt(columns[2]),
                    Integer.parseInt(columns[3]),
                    Integer.parseInt(columns[4]),
                    Integer.parseInt(columns[5]),
                    Double.parseDouble(columns[6]),
                    Double.parseDouble(columns[7]),
                    Double.parseDouble(columns[8]));
        }
    }

    private record Row(Map<String, Client> clients, Reading reading) {

        Client client(String name) {
            return clients.get(name);
        }
    }

    private static Row run(Service service, String rules, String... clients) {
        try {
            Path file = Files.createTempFile(ForkedJvm.temporaryFiles(), "flood-", ".conf");
            Files.writeString(file, rules);
            List<String> arguments = new ArrayList<>(List.of(
                    "platform", Integer.toString(WARM_UP_SECONDS), Integer.toString(SECONDS)));
            arguments.addAll(List.of(clients));
            Reading reading = service.start()
                    .agentArguments("rules=" + file)
                    .run(arguments.toArray(new String[0]));
            Map<String, Client> seen = new TreeMap<>();
            for (String line : reading.outcome().out().split("\n", -1)) {
                if (line.startsWith("client\t")) {
                    String[] columns = line.split("\t", -1);
                    seen.put(columns[1], Client.parse(columns));
                }
            }
            Row row = new Row(seen, reading);
            System.out.println(service + " on " + service.jdk() + ", "
                    + rules.replace('\n', ';') + " " + String.join(" ", clients) + ": " + seen
                    + reading.outcome().err());
            return row;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @ParameterizedTest
    @MethodSource("services")
    void fairTenantIsServedBesideAFlood(Service service) {
        Client alone = run(service, ENTER, LIGHT).client("b");
        Row bare = run(service, ENTER, FLOOD, LIGHT);
        Row fair = run(service, FAIR, FLOOD, LIGHT);

        assertThat(fair.client("b").refused()).isZero();
        assertThat(fair.client("b").done()).isEqualTo(fair.client("b").sent());
        assertThat(fair.client("b").p99()).isLessThan(5 * alone.p99());
        assertThat(bare.client("b").p50()).as("without a limit").isGreaterThan(5 * alone.p99());
        assertThat(fair.client("a").rate()).isGreaterThan(0.9 * bare.client("a").rate());
    }

    @ParameterizedTest
    @MethodSource("services")
    void fairTenantAloneLosesNothing(Service service) {
        double bare = run(service, ENTER, FLOOD).client("a").rate();
        Client fair = run(service, FAIR, FLOOD).client("a");

        assertThat(fair.refused()).isZero();
        assertThat(fair.rate()).isGreaterThan(0.97 * bare);
    }

    @ParameterizedTest
    @MethodSource("services")
    void tenantThatSleepsHalfOfTheTimeKeepsMostOfItsRate(Service service) {
        Row bare = run(service, ENTER, HALF_ASLEEP, LIGHT);
        Row fair = run(service, FAIR, HALF_ASLEEP, LIGHT);

        assertThat(fair.client("a").rate())
                .isGreaterThan(0.75 * bare.client("a").rate());
        assertThat(fair.client("b").refused()).isZero();
    }

    @ParameterizedTest
    @MethodSource("services")
    void floodingTenantsGetTheCpuByTheirWeights(Service service) {
        String weighted = ENTER + "limit /tenants/c weight 300\nlimit /tenants/* fair\n";
        String other = FLOOD.replace("a:", "c:");
        Reading bare = run(service, ENTER, FLOOD, other).reading();
        Reading fair = run(service, weighted, FLOOD, other).reading();

        assertThat(fair.share("/tenants/c") / fair.share("/tenants/a"))
                .isCloseTo(3, Percentage.withPercentage(5));
        assertThat(bare.share("/tenants/c") / bare.share("/tenants/a"))
                .as("without a limit")
                .isLessThan(2);
    }
}
