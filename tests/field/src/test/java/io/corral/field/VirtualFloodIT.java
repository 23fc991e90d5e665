package io.corral.field;

import static io.corral.field.FloodRow.ENTER;
import static io.corral.field.FloodRow.FAIR;
import static io.corral.field.FloodRow.FLOOD;
import static io.corral.field.FloodRow.LIGHT;
import static org.assertj.core.api.Assertions.assertThat;

import io.corral.field.FloodRow.Client;
import io.corral.integration.harness.Jdk;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * As {@link FloodIT}, on servers that run each request on a virtual thread. The requests never give
 * back their carrier before they are done.
 */
@Isolated("measures how long requests take")
class VirtualFloodIT {

    static Stream<Arguments> services() {
        return Stream.of("flood-springboot", "flood-helidon", "flood-jetty12")
                .map(name -> new Service(name, 25))
                .filter(Service::isWanted)
                .flatMap(
                        service -> Jdk.withVirtualThreads().map(jdk -> Arguments.of(service, jdk)));
    }

    private static Client light(Service service, Jdk jdk, String rules, String... clients) {
        return FloodRow.run(service, jdk, "virtual", rules, clients).client("b");
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("services")
    void lightTenantIsServedBesideAFlood(Service service, Jdk jdk) {
        Client alone = light(service, jdk, ENTER, LIGHT);
        Client bare = light(service, jdk, ENTER, FLOOD, LIGHT);
        Client fair = light(service, jdk, FAIR, FLOOD, LIGHT);

        assertThat(fair.done()).isEqualTo(fair.sent());
        assertThat(fair.p50()).isLessThan(2 * alone.p50());
        assertThat(fair.p95()).isLessThan(5 * alone.p95());
        assertThat(bare.p50()).as("without a limit").isGreaterThan(10 * alone.p95());
    }
}
