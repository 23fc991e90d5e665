package io.corral.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Services under the bare flag, each with its own client in the same JVM.
 * {@code -Dfield.cases=kafka,h2} runs some of them.
 */
class ServicesIT {

    private static final List<Service> SERVICES = List.of(
            new Service("activemq", 25),
            new Service("artemis", 25),
            new Service("grpc", 25),
            new Service("h2", 25),
            new Service("hazelcast", 25),
            new Service("helidon", 25),
            new Service("jetty12", 25),
            new Service("jetty94", 25),
            new Service("kafka", 25),
            new Service("kotlin", 25),
            new Service("netty", 25),
            new Service("pekko", 25),
            new Service("quartz", 25),
            new Service("spark", 21),
            new Service("springboot", 25),
            new Service("vertx", 25),
            new Service("webflux", 25),
            new Service("zookeeper", 25));

    /** What docs/services.md promises. The services have less than 1 %, also on a busy machine. */
    private static final double MOST_UNEXPLAINED = 0.05;

    /** What workers use that have ended, or are renamed, counts as foreign too. */
    private static final double MOST_FOREIGN = 0.02;

    static Stream<Service> services() {
        return SERVICES.stream().filter(Service::isWanted);
    }

    @ParameterizedTest
    @MethodSource("services")
    void bareFlagShowsWhereTheCpuTimeGoes(Service service) {
        Reading first = service.start().run();
        System.out.println(service + " on " + service.jdk() + ": " + first);
        Reading second = service.start().run();

        assertThat(first.outcome().err()).doesNotContain("corral:");
        assertThat(first.unexplained()).as("%s", first).isLessThan(MOST_UNEXPLAINED);
        assertThat(first.foreign().values())
                .as("%s", first.foreign())
                .allMatch(share -> share < MOST_FOREIGN);
        assertThat(second.containers()).as("second start").containsKeys(names(first));
        assertThat(first.containers()).as("first start").containsKeys(names(second));
    }

    /** A row of some one per cent may be a little smaller in another start. */
    private static String[] names(Reading reading) {
        return reading.rows().toArray(new String[0]);
    }
}
