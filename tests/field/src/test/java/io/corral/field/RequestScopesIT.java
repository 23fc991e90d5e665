package io.corral.field;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A line for all requests takes none out of the container that code or another rule has entered: on
 * servers with plain servlets and with Spring MVC, through forwards, includes, error pages and
 * asynchronous dispatches.
 */
class RequestScopesIT {

    /** What the three tenants of a case do of the same work. */
    private static final Map<String, Double> SHARES = Map.of("a", 0.6, "b", 0.3, "c", 0.1);

    private static final Percentage TOLERANCE = Percentage.withPercentage(3);

    /** For a clock that knows virtual threads. */
    private static final String CPU_CLOCK =
            "--add-opens=java.management/sun.management=ALL-UNNAMED";

    private static final String HTTP = """
            enter http -> /tenants/{header.X-Tenant}
            enter http -> /none
            enter http -> hierarchy endpoint /{method}/{route}
            """;

    private static final String TOKEN_FILTER =
            "enter Parts$TokenFilter#authenticated(Principal, ..) -> /principals/{0.name}\n";

    private static final String SPRING = "enter org.springframework.web.servlet.DispatcherServlet"
            + "#doDispatch(HttpServletRequest, ..) -> /principals/{0.userPrincipal.name}\n";

    static Stream<Arguments> services() {
        return Stream.of(
                        "servlets-jetty12",
                        "servlets-tomcat101",
                        "servlets-tomcat11",
                        "servlets-undertow",
                        "springmvc-jetty12",
                        "springmvc-tomcat101",
                        "springmvc-tomcat11",
                        "springmvc-undertow")
                .map(name -> new Service(name, 25))
                .filter(Service::isWanted)
                .flatMap(service -> Stream.of("platform", "virtual")
                        .map(threads -> Arguments.of(service, threads)));
    }

    @ParameterizedTest
    @MethodSource("services")
    void eachTenantIsChargedItsWork(Service service, String threads) throws IOException {
        Path rules = Files.createTempFile(ForkedJvm.temporaryFiles(), "scopes-", ".conf");
        Files.writeString(
                rules, (service.name().startsWith("springmvc") ? SPRING : TOKEN_FILTER) + HTTP);
        Reading reading = service.start()
                .agentArguments("rules=" + rules)
                .flags(CPU_CLOCK)
                .run(threads);
        System.out.println(service + " on " + service.jdk() + ", " + threads + ": " + reading);

        assertThat(reading.outcome().out()).doesNotContain("wrong:");
        for (String way : new String[] {"code", "principals", "tenants"}) {
            double all = SHARES.keySet().stream()
                    .mapToDouble(tenant -> reading.share("/" + way + "/" + tenant))
                    .sum();
            assertThat(all).as("%s in %s", way, reading).isPositive();
            SHARES.forEach(
                    (tenant, share) -> assertThat(reading.share("/" + way + "/" + tenant) / all)
                            .as("%s of %s in %s", tenant, way, reading)
                            .isCloseTo(share, TOLERANCE));
        }
    }
}
