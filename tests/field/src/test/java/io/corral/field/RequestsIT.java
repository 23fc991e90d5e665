package io.corral.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules for requests on services that the cases start: one line tells the tenants apart. */
class RequestsIT {

    private static final String PLACE =
            "enter http -> hierarchy place /{host}/{path.1}/{cookie.tenant}\n";

    /** As docs/requests.md has it for a task that a handler gives to a worker. */
    private static final String XNIO = """
            handover org.jboss.threads.EnhancedQueueExecutor#tryExecute({0}) \
            run org.jboss.threads.EnhancedQueueExecutor#safeRun({0})
            """;

    /** The rest is networks, whose threads serve the clients too, and the warm-up. */
    private static final double LEAST_OF_TENANTS = 0.4;

    static Stream<Service> services() {
        return RequestServices.all();
    }

    @ParameterizedTest
    @MethodSource("services")
    void eachTenantIsChargedItsRequests(Service service) throws IOException {
        boolean isGrpc = RequestServices.isGrpc(service);
        String rules = RequestServices.rule(service)
                + (isGrpc ? "" : PLACE)
                + (service.name().startsWith("undertow") ? XNIO : "");
        Reading reading = service.start()
                .agentArguments(RequestServices.rulesOption(rules))
                .run();
        System.out.println(service + " on " + service.jdk() + ": " + reading);

        assertThat(reading.outcome().err()).doesNotContain("corral:");
        TenantShares.areOneToTwoToThree(reading, "/tenants/%s", LEAST_OF_TENANTS);
        if (!isGrpc) {
            assertThat(reading.share("place/127.0.0.1/work/c"))
                    .isGreaterThan(reading.share("place/127.0.0.1/work/a"))
                    .isPositive();
        }
    }
}
