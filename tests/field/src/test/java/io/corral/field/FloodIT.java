package io.corral.field;

import static io.corral.field.FloodRow.ENTER;
import static io.corral.field.FloodRow.FAIR;
import static io.corral.field.FloodRow.FLOOD;
import static io.corral.field.FloodRow.LIGHT;
import static org.assertj.core.api.Assertions.assertThat;

import io.corral.field.FloodRow.Client;
import io.corral.integration.harness.Jdk;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A tenant floods a server with a pool of 200 workers; another one sends ten requests a second.
 * Each test has a row without a limit, in the same run.
 */
@Isolated("measures how long requests take")
class FloodIT {

    private static final String HALF_ASLEEP = "a:400:burn=10&sleep=10";

    /** As requests to a database: for the JVM their threads are runnable while they wait. */
    private static final String WAITING = "a:200:burn=2&poll=100";

    /** On the oldest and the newest JDK. */
    static Stream<Arguments> services() {
        List<Jdk> jdks = Jdk.all();
        return Stream.of("flood-springboot", "flood-jetty12")
                .map(name -> new Service(name, 25))
                .filter(Service::isWanted)
                .flatMap(service -> Stream.of(jdks.get(0), Jdk.newest())
                        .distinct()
                        .map(jdk -> Arguments.of(service, jdk)));
    }

    private static FloodRow run(Service service, Jdk jdk, String rules, String... clients) {
        return FloodRow.run(service, jdk, "platform", rules, clients);
    }

    @ParameterizedTest
    @MethodSource("services")
    void fairTenantIsServedBesideAFlood(Service service, Jdk jdk) {
        Client alone = run(service, jdk, ENTER, LIGHT).client("b");
        FloodRow bare = run(service, jdk, ENTER, FLOOD, LIGHT);
        FloodRow fair = run(service, jdk, FAIR, FLOOD, LIGHT);

        assertThat(fair.client("b").refused()).isZero();
        assertThat(fair.client("b").done()).isEqualTo(fair.client("b").sent());
        assertThat(fair.client("b").p99()).isLessThan(5 * alone.p99());
        assertThat(bare.client("b").p50()).as("without a limit").isGreaterThan(5 * alone.p99());
        assertThat(fair.client("a").rate()).isGreaterThan(0.9 * bare.client("a").rate());
    }

    @ParameterizedTest
    @MethodSource("services")
    void fairTenantAloneLosesNothing(Service service, Jdk jdk) {
        double bare = run(service, jdk, ENTER, FLOOD).client("a").rate();
        Client fair = run(service, jdk, FAIR, FLOOD).client("a");

        assertThat(fair.refused()).isZero();
        assertThat(fair.rate()).isGreaterThan(0.97 * bare);
    }

    @ParameterizedTest
    @MethodSource("services")
    void tenantThatSleepsHalfOfTheTimeKeepsMostOfItsRate(Service service, Jdk jdk) {
        FloodRow bare = run(service, jdk, ENTER, HALF_ASLEEP, LIGHT);
        FloodRow fair = run(service, jdk, FAIR, HALF_ASLEEP, LIGHT);

        assertThat(fair.client("a").rate())
                .isGreaterThan(0.75 * bare.client("a").rate());
        assertThat(fair.client("b").refused()).isZero();
    }

    @ParameterizedTest
    @MethodSource("services")
    void tenantThatWaitsInNativeCodeKeepsMostOfItsRate(Service service, Jdk jdk) {
        FloodRow bare = run(service, jdk, ENTER, WAITING, LIGHT);
        FloodRow fair = run(service, jdk, FAIR, WAITING, LIGHT);

        assertThat(fair.client("a").rate()).isGreaterThan(0.7 * bare.client("a").rate());
        assertThat(fair.client("b").refused()).isZero();
    }

    @ParameterizedTest
    @MethodSource("services")
    void floodingTenantsGetTheCpuByTheirWeights(Service service, Jdk jdk) {
        String weighted = ENTER + "limit /tenants/c weight 300\nlimit /tenants/* fair\n";
        String other = FLOOD.replace("a:", "c:");
        Map<String, Long> bare = run(service, jdk, ENTER, FLOOD, other).cpuNanos();
        Map<String, Long> fair = run(service, jdk, weighted, FLOOD, other).cpuNanos();

        assertThat((double) fair.get("c") / fair.get("a"))
                .isCloseTo(3, Percentage.withPercentage(5));
        assertThat((double) bare.get("c") / bare.get("a")).as("without a limit").isLessThan(2);
    }
}
