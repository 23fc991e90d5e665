package io.corral.field;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a request gets that a limit refuses, on services that the cases start. The next request on
 * the connection, of another tenant, is served.
 */
class SheddingIT {

    private static final String HTTP = "enter http -> /tenants/{header.X-Tenant}\n";
    private static final String GRPC = "enter grpc -> /tenants/{metadata.x-tenant}\n";

    private static final String ROUTE = "enter http -> /tenants/{route}\n";

    private static final String MESSAGE =
            ": limit requests.max of container /tenants/a is exceeded: 0 of 0 requests";

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
    void refusedRequestGetsAnAnswerAndTheNextOneIsServed(Service service) throws IOException {
        ForkedJvm.Outcome outcome = run(service, rule(service), "-Dcase.requests.max=0");
        boolean isGrpc = service.name().equals("grpc");
        String refused =
                isGrpc ? "a RESOURCE_EXHAUSTED [12]000" : "a 429 [12] text/plain; ?charset=utf-8";
        List<String> answers = values(outcome, "answer");
        for (int i = 0; i < answers.size(); i += 2) {
            assertThat(answers.get(i)).matches("(?i)" + refused + MESSAGE);
            assertThat(answers.get(i + 1)).startsWith(isGrpc ? "b OK" : "b 2");
        }
        assertThat(values(outcome, "works")).containsExactly("0", "0", "0", "0");
        assertThat(outcome.value("stat"))
                .contains("requests=0", "waiting=0", "shed=4", "over=0", "lost=0");
        assertThat(outcome.err()).doesNotContain("corral:");
    }

    @ParameterizedTest
    @MethodSource("services")
    void withoutALimitNothingIsRefused(Service service) throws IOException {
        ForkedJvm.Outcome outcome = run(service, rule(service));
        assertThat(values(outcome, "answer"))
                .hasSize(8)
                .noneMatch(answer -> answer.contains("429") || answer.contains("EXHAUSTED"));
        // Some services refuse a POST themselves.
        List<String> works = values(outcome, "works");
        assertThat(List.of(works.get(0), works.get(works.size() - 1))).doesNotContain("0");
    }

    /** Only Spring knows the container: the request has passed Tomcat and the filters then. */
    @Test
    void controllerIsSkippedToo() throws IOException {
        Service service = new Service("springboot", 25);
        Assumptions.assumeTrue(service.isWanted());
        ForkedJvm.Outcome outcome =
                run(service, ROUTE, "-Dcase.requests.max=0", "-Dcase.limited=/tenants/work");
        assertThat(values(outcome, "answer").get(0)).matches("(?i)a 429 [12] text/plain.*");
        assertThat(values(outcome, "works")).containsOnly("0");
        assertThat(outcome.err()).doesNotContain("corral:");
    }

    private static String rule(Service service) {
        return service.name().equals("grpc") ? GRPC : HTTP;
    }

    private static ForkedJvm.Outcome run(Service service, String rule, String... flags)
            throws IOException {
        Path rules = Files.createTempFile(ForkedJvm.temporaryFiles(), "shedding-", ".conf");
        Files.writeString(rules, rule);
        return service.start()
                .agentArguments("rules=" + rules)
                .flags("-Dcase.shedding=true")
                .flags(flags)
                .run()
                .outcome();
    }

    private static List<String> values(ForkedJvm.Outcome outcome, String key) {
        return outcome.out()
                .lines()
                .filter(line -> line.startsWith(key + "="))
                .map(line -> line.substring(key.length() + 1))
                .toList();
    }
}
