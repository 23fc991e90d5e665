package io.corral.integration.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.FullRun;
import io.corral.integration.harness.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The rule {@code enter http} in the servers that it knows. */
class HttpRulesIT {

    private static final String RULES = String.join(
            "\n",
            "enter http -> hierarchy endpoint /{method}/{route}",
            "enter http -> hierarchy query /{query.of}",
            "enter http -> hierarchy place /{host}/{path.2}/{cookie.tenant}",
            "enter http -> hierarchy user /{principal}",
            "enter http -> /tenants/{header.X-Tenant}",
            "enter http -> /anonymous",
            "");

    /** In the hierarchies of the query, and of the host, the path and the cookie. */
    private static final String PLACE = " /a b /127.0.0.1/orders/globex ";

    @TempDir
    Path folder;

    /** The JDK's own server on each JDK, the others on the newest: in the daily run one of them. */
    static Stream<Arguments> servers() {
        Jdk newest = Jdk.newest();
        return Stream.concat(
                Jdk.eachInFullRun().stream()
                        .map(jdk -> Arguments.of(jdk, "jdk", "/GET/shop/orders")),
                FullRun.rows(
                        1,
                        List.of(
                                Arguments.of(newest, "tomcat", "/GET/shop/orders/*"),
                                Arguments.of(newest, "spring", "/GET/shop/orders/{id}"),
                                Arguments.of(newest, "spring-function", "/GET/shop/orders/{id}"),
                                Arguments.of(newest, "spring-handler", "/GET/shop/orders/*"),
                                Arguments.of(newest, "jetty", "/GET/shop"),
                                Arguments.of(newest, "jetty-servlet", "/GET/shop/orders/*"))));
    }

    @ParameterizedTest
    @MethodSource("servers")
    @Execution(ExecutionMode.CONCURRENT)
    void requestIsHandledInItsTenantAndItsRoute(Jdk jdk, String server, String route)
            throws IOException {
        Path rules = Files.writeString(folder.resolve("rules.conf"), RULES);
        ForkedJvm.Outcome outcome = ForkedJvm.on(jdk)
                .agentArguments("rules=" + rules)
                .runMain(HttpRulesProgram.class, server);
        // A handler of Jetty has no principal of the servlet API.
        String place = "/tenants/acme " + route + PLACE + (server.equals("jetty") ? "/" : "/ann");
        assertThat(outcome.value("request")).isEqualTo(place);
        assertThat(outcome.value("encoded")).isEqualTo(place);
        assertThat(outcome.value("anonymous")).isEqualTo("/anonymous " + route + " / / /");
        assertThat(outcome.err()).doesNotContain("corral:");
        assertThat(outcome.exitCode()).isZero();
    }
}
