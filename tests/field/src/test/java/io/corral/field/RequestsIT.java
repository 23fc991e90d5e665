package io.corral.field;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules for requests on services that the cases start: one line tells the tenants apart. */
class RequestsIT {

    private static final String HTTP = """
            enter http -> /tenants/{header.X-Tenant}
            enter http -> hierarchy place /{host}/{path.1}/{cookie.tenant}
            """;
    private static final String GRPC = "enter grpc -> /tenants/{metadata.x-tenant}\n";

    /** As docs/requests.md has it for a task that a handler gives to a worker. */
    private static final String XNIO = """
            handover org.jboss.threads.EnhancedQueueExecutor#tryExecute({0}) \
            run org.jboss.threads.EnhancedQueueExecutor#safeRun({0})
            """;

    /** The rest is networks, whose threads serve the clients too, and the warm-up. */
    private static final double LEAST_OF_TENANTS = 0.4;

    static Stream<Service> services() {
        return Stream.of(
                        "grpc",
                        "helidon",
                        "jetty12",
                        "jetty94",
                        "netty",
                        "springboot",
                        "undertow22",
                        "vertx",
                        "webflux")
                .map(name -> new Service(name, 25))
                .filter(Service::isWanted);
    }

    @ParameterizedTest
    @MethodSource("services")
    void eachTenantIsChargedItsRequests(Service service) throws IOException {
        Path rules = Files.createTempFile(ForkedJvm.temporaryFiles(), "requests-", ".conf");
        Files.writeString(
                rules,
                switch (service.name()) {
                    case "grpc" -> GRPC;
                    case "undertow22" -> HTTP + XNIO;
                    default -> HTTP;
                });
        Reading reading = service.start().agentArguments("rules=" + rules).run();
        System.out.println(service + " on " + service.jdk() + ": " + reading);

        assertThat(reading.outcome().err()).doesNotContain("corral:");
        TenantShares.areOneToTwoToThree(reading, "/tenants/%s", LEAST_OF_TENANTS);
        if (!service.name().equals("grpc")) {
            assertThat(reading.share("place/127.0.0.1/work/c"))
                    .isGreaterThan(reading.share("place/127.0.0.1/work/a"))
                    .isPositive();
        }
    }
}
