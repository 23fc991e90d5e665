package io.corral.it.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.it.harness.ForkedJvm;
import io.corral.it.harness.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The rule for http, in servers that it knows, without a class named. */
class HttpRulesIT {

    private static final String RULES = String.join(
            "\n",
            "enter http -> hierarchy endpoint /{method}/{route}",
            "enter http -> hierarchy query /{query.of}",
            "enter http -> /tenants/{header.X-Tenant}",
            "enter http -> /anonymous",
            "");

    @TempDir
    Path folder;

    /** Spring and Jetty are of Java 17, as all JDKs here. */
    static Stream<Arguments> servers() {
        return Jdk.all().stream()
                .flatMap(jdk -> Stream.of(
                        Arguments.of(jdk, "jdk", "/GET/shop/orders"),
                        Arguments.of(jdk, "tomcat", "/GET/shop/orders/*"),
                        Arguments.of(jdk, "spring", "/GET/shop/orders/{id}"),
                        Arguments.of(jdk, "spring-function", "/GET/shop/orders/{id}"),
                        Arguments.of(jdk, "spring-handler", "/GET/shop/orders/*"),
                        Arguments.of(jdk, "jetty", "/GET/shop"),
                        Arguments.of(jdk, "jetty-servlet", "/GET/shop/orders/*")));
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
        assertThat(outcome.value("request")).isEqualTo("/tenants/acme " + route + " /a b");
        assertThat(outcome.value("encoded")).isEqualTo("/tenants/acme " + route + " /a b");
        assertThat(outcome.value("stranger")).isEqualTo("/anonymous " + route + " /");
        assertThat(outcome.err()).doesNotContain("corral:");
        assertThat(outcome.exitCode()).isZero();
    }
}
