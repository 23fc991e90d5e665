package io.corral.integration.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A request that a limit refuses is answered by the server, and not seen by the application. */
class SheddingIT {

    private static final int VIRTUAL_THREADS = 21;

    @TempDir
    Path folder;

    static Stream<Arguments> servers() {
        return Jdk.all().stream()
                .flatMap(jdk -> Stream.of("platform", "virtual")
                        .filter(threads ->
                                threads.equals("platform") || jdk.feature() >= VIRTUAL_THREADS)
                        .flatMap(threads -> Stream.of("tomcat", "jetty", "jdk")
                                .map(server -> Arguments.of(jdk, server, threads))));
    }

    @ParameterizedTest
    @MethodSource("servers")
    @Execution(ExecutionMode.CONCURRENT)
    void refusedRequestGetsAnAnswerAndTheConnectionStaysUsable(
            Jdk jdk, String server, String threads) throws IOException {
        ForkedJvm.Outcome outcome = run(jdk, server, threads, 1);
        assertThat(values(outcome, "status")).containsExactly("429", "429");
        assertThat(values(outcome, "retry")).allMatch(seconds -> seconds.matches("[12]"));
        assertThat(values(outcome, "type"))
                .allMatch(type -> type.equalsIgnoreCase("text/plain;charset=utf-8"));
        assertThat(values(outcome, "text"))
                .containsOnly("limit requests.max of container /tenants/a is exceeded:"
                        + " 1 of 1 requests");
        assertThat(values(outcome, "other")).containsExactly("200", "200");
        assertThat(outcome.value("calls")).isEqualTo("0");
        assertThat(outcome.value("pages")).isEqualTo("0");
        assertThat(outcome.value("requests")).isEqualTo("1 of 1");
        assertThat(outcome.value("shed")).isEqualTo("2 over=0");
        if (server.equals("tomcat")) {
            assertThat(values(outcome, "http2"))
                    .containsExactly(
                            "HTTP_2 429 limit requests.max of container /tenants/a is exceeded:"
                                    + " 1 of 1 requests",
                            "HTTP_2 200 done");
        }
        assertThat(outcome.value("held")).isEqualTo("200");
        assertThat(outcome.value("next")).isEqualTo("200");
        assertThat(outcome.out()).contains("ended");
        assertThat(outcome.err()).doesNotContain("corral:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tomcat", "jetty"})
    void asynchronousRequestKeepsItsPlaceWhenTheServletHasReturned(String server)
            throws IOException {
        ForkedJvm.Outcome outcome = run(Jdk.newest(), server, "platform", 1, "async");
        assertThat(values(outcome, "status")).containsExactly("429", "429");
        assertThat(outcome.value("requests")).isEqualTo("1 of 1");
        assertThat(outcome.value("held")).isEqualTo("200");
        assertThat(outcome.value("next")).isEqualTo("200");
        assertThat(outcome.out()).contains("ended");
    }

    @ParameterizedTest
    @MethodSource("servers")
    @Execution(ExecutionMode.CONCURRENT)
    void withoutALimitNothingIsRefused(Jdk jdk, String server, String threads) throws IOException {
        ForkedJvm.Outcome outcome = run(jdk, server, threads, 0);
        assertThat(values(outcome, "status")).containsExactly("200", "200");
        assertThat(outcome.value("calls")).isEqualTo("2");
        assertThat(outcome.value("shed")).isEqualTo("0 over=0");
    }

    private static List<String> values(ForkedJvm.Outcome outcome, String key) {
        return outcome.out()
                .lines()
                .filter(line -> line.startsWith(key + "="))
                .map(line -> line.substring(key.length() + 1))
                .toList();
    }

    private ForkedJvm.Outcome run(Jdk jdk, String server, String threads, int max, String... more)
            throws IOException {
        Path rules = Files.writeString(
                folder.resolve("rules.conf"), "enter http -> /tenants/{header.X-Tenant}\n");
        List<String> arguments = new ArrayList<>(List.of(server, threads, Integer.toString(max)));
        arguments.addAll(List.of(more));
        return ForkedJvm.on(jdk)
                .agentArguments("rules=" + rules)
                .runMain(SheddingServer.class, arguments.toArray(new String[0]));
    }
}
