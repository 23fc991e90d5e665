package io.corral.field;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a request gets that a limit refuses, on services that the cases start. The next request on
 * the connection, of another tenant, is served.
 */
class SheddingIT {

    private static final String ROUTE = "enter http -> /tenants/{route}\n";

    private static final String MESSAGE =
            ": limit requests.max of container /tenants/a is exceeded: 0 of 0 requests";

    /** The services that know HTTP/2 without being told to. */
    private static final Set<String> WITH_HTTP2 = Set.of("vertx");

    /** The services whose event loops or I/O threads get the requests first. Nobody waits there. */
    private static final Set<String> WITHOUT_WAITS =
            Set.of("netty", "undertow22", "undertow23", "vertx", "webflux", "webflux35");

    private static final String NO_PLACE = "-Dcase.requests.max=0";

    private static final String WAIT = "-Dcase.requests.wait=200";

    private static final int VIRTUAL_THREADS = 21;

    static Stream<Arguments> services() {
        return RequestServices.all()
                .flatMap(service -> Jdk.all().stream()
                        .filter(jdk -> jdk.feature() >= oldestJdk(service))
                        .map(jdk -> Arguments.of(service, jdk)));
    }

    /** Helidon has virtual threads only. */
    private static int oldestJdk(Service service) {
        return service.name().equals("helidon") ? VIRTUAL_THREADS : 0;
    }

    static Stream<Service> newest() {
        return RequestServices.all();
    }

    @ParameterizedTest
    @MethodSource("services")
    void refusedRequestGetsAnAnswerAndTheNextOneIsServed(Service service, Jdk jdk)
            throws IOException {
        ForkedJvm.Outcome outcome =
                run(service, jdk, RequestServices.rule(service), NO_PLACE, WAIT);
        boolean isGrpc = RequestServices.isGrpc(service);
        String refused =
                isGrpc ? "a RESOURCE_EXHAUSTED [12]000" : "a 429 [12] text/plain; ?charset=utf-8";
        List<String> answers = values(outcome, "answer");
        assertThat(answers).hasSize(8);
        for (int i = 0; i < answers.size(); i += 2) {
            assertThat(answers.get(i)).matches("(?i)" + refused + MESSAGE);
            assertThat(answers.get(i + 1)).startsWith(isGrpc ? "b OK" : "b 2");
        }
        int sent = isGrpc ? 4 : 5;
        assertThat(values(outcome, "works")).isEqualTo(Collections.nCopies(sent, "0"));
        if (!isGrpc) {
            String version = WITH_HTTP2.contains(service.name()) ? "HTTP_2" : "HTTP_1_1";
            assertThat(values(outcome, "http"))
                    .containsExactly(
                            version + " b 200", version + " a 429" + MESSAGE, version + " b 200");
        }
        int waited = WITHOUT_WAITS.contains(service.name()) ? 0 : sent;
        assertThat(outcome.value("stat"))
                .contains(
                        "requests=0,",
                        "waiting=0,",
                        "waited=" + waited + ",",
                        "shed=" + sent + ",",
                        "over=0,",
                        "lost=0,");
        assertThat(outcome.err()).doesNotContain("corral:");
    }

    @ParameterizedTest
    @MethodSource("newest")
    void withoutALimitNothingIsRefused(Service service) throws IOException {
        ForkedJvm.Outcome outcome = run(service, service.jdk(), RequestServices.rule(service));
        assertThat(values(outcome, "answer"))
                .hasSize(8)
                .noneMatch(answer -> answer.contains("429") || answer.contains("EXHAUSTED"));
        // Some services refuse a POST themselves.
        List<String> works = values(outcome, "works");
        assertThat(List.of(works.get(0), works.get(works.size() - 1))).doesNotContain("0");
    }

    /** Those threads are event loops. In gRPC's own executor the calls wait. */
    @Test
    void callsOnThreadsOfTheTransportDoNotWait() throws IOException {
        ForkedJvm.Outcome outcome = runFull("grpc", "-Dcase.direct=true");
        assertThat(values(outcome, "answer"))
                .filteredOn(answer -> answer.startsWith("a"))
                .hasSize(4)
                .allMatch(answer -> answer.startsWith("a RESOURCE_EXHAUSTED"));
        assertThat(outcome.value("stat")).contains("waited=0,", "shed=4,");
    }

    /** Jetty may call them on the thread that waits for what the connections send. */
    @ParameterizedTest
    @ValueSource(strings = {"NON_BLOCKING", "EITHER"})
    void handlersOfJettyThatDoNotBlockDoNotWait(String invocation) throws IOException {
        ForkedJvm.Outcome outcome = runFull("jetty12", "-Dcase.invocation=" + invocation);
        assertThat(outcome.value("stat")).contains("waited=0,", "shed=5,");
    }

    /** Only Spring knows the container: the request has passed Tomcat and the filters then. */
    @Test
    void controllerIsSkippedToo() throws IOException {
        Service service = new Service("springboot", 25);
        Assumptions.assumeTrue(service.isWanted());
        ForkedJvm.Outcome outcome =
                run(service, service.jdk(), ROUTE, NO_PLACE, WAIT, "-Dcase.limited=/tenants/work");
        assertThat(values(outcome, "answer").get(0)).matches("(?i)a 429 [12] text/plain.*");
        assertThat(values(outcome, "works")).containsOnly("0");
        assertThat(outcome.value("stat")).contains("waited=0,", "over=0,");
        assertThat(outcome.err()).doesNotContain("corral:");
    }

    /** A service whose limit has no place left, and lets requests wait. */
    private static ForkedJvm.Outcome runFull(String name, String flag) throws IOException {
        Service service = new Service(name, 25);
        Assumptions.assumeTrue(service.isWanted());
        return run(service, service.jdk(), RequestServices.rule(service), NO_PLACE, WAIT, flag);
    }

    private static ForkedJvm.Outcome run(Service service, Jdk jdk, String rules, String... flags)
            throws IOException {
        return CaseRun.of(service.name(), jdk)
                .agentArguments(RequestServices.rulesOption(rules))
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
