package io.corral.integration.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.FullRun;
import io.corral.integration.harness.Jdk;
import io.corral.integration.harness.RunningJvm;
import io.corral.integration.harness.ToolCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A request that a limit refuses is answered by the server, and not seen by the application. */
class SheddingIT {

    private static final String RULE = "enter http -> /tenants/{header.X-Tenant}\n";

    private static final String MESSAGE =
            "limit requests.max of container /tenants/a is exceeded: 1 of 1 requests";

    @TempDir
    Path folder;

    static Stream<Arguments> servers() {
        return ServerRows.of(
                2,
                "tomcat virtual",
                "jetty platform",
                "tomcat platform",
                "jetty virtual",
                "undertow platform",
                "undertow-servlet platform",
                "jdk platform",
                "jdk virtual");
    }

    @ParameterizedTest
    @MethodSource("servers")
    @Execution(ExecutionMode.CONCURRENT)
    void refusedRequestGetsAnAnswerAndTheConnectionStaysUsable(Jdk jdk, String server)
            throws IOException {
        ForkedJvm.Outcome outcome = run(jdk, server, 1);
        assertRefused(outcome);
        assertThat(outcome.value("requests")).isEqualTo("1 of 1");
        assertThat(outcome.value("shed")).isEqualTo("2 over=0");
        if (!server.startsWith("jdk")) {
            assertThat(values(outcome, "http2"))
                    .containsExactly(
                            "HTTP_2 200 false done",
                            "HTTP_2 429 true " + MESSAGE,
                            "HTTP_2 200 false done");
            assertThat(values(outcome, "error")).containsExactly("500", "500");
        }
        assertThat(outcome.err()).doesNotContain("corral:");
    }

    private static void assertRefused(ForkedJvm.Outcome outcome) {
        assertThat(values(outcome, "status")).containsExactly("429", "429");
        assertThat(values(outcome, "retry")).allMatch(seconds -> seconds.matches("[12]"));
        assertThat(values(outcome, "type"))
                .allMatch(type -> type.matches("(?i)text/plain; ?charset=utf-8"));
        assertThat(values(outcome, "text")).containsOnly(MESSAGE);
        assertThat(values(outcome, "other")).containsExactly("200", "200");
        assertThat(outcome.value("calls")).isEqualTo("0");
        assertThat(outcome.value("pages")).isEqualTo("0");
        assertThat(outcome.value("held")).isEqualTo("200");
        assertThat(outcome.value("next")).isEqualTo("200");
        assertThat(outcome.out()).contains("ended");
    }

    @Tag("full")
    @ParameterizedTest
    @ValueSource(strings = {"tomcat", "jetty", "undertow-servlet"})
    @Execution(ExecutionMode.CONCURRENT)
    void asynchronousRequestKeepsItsPlaceWhenTheServletHasReturned(String server)
            throws IOException {
        ForkedJvm.Outcome outcome =
                run(Jdk.newest(), server + " platform", 1, SheddingServer.ASYNC);
        assertThat(values(outcome, "status")).containsExactly("429", "429");
        assertThat(outcome.value("requests")).isEqualTo("1 of 1");
        assertThat(outcome.value("held")).isEqualTo("200");
        assertThat(outcome.value("next")).isEqualTo("200");
        assertThat(outcome.out()).contains("ended");
    }

    static Stream<String> serversWithoutALimit() {
        return FullRun.rows(1, List.of("jetty", "tomcat", "undertow", "undertow-servlet", "jdk"));
    }

    @ParameterizedTest
    @MethodSource("serversWithoutALimit")
    @Execution(ExecutionMode.CONCURRENT)
    void withoutALimitNothingIsRefused(String server) throws IOException {
        ForkedJvm.Outcome outcome = run(Jdk.newest(), server + " platform", 0);
        assertThat(values(outcome, "status")).containsExactly("200", "200");
        assertThat(outcome.value("calls")).isEqualTo("2");
        assertThat(outcome.value("shed")).isEqualTo("0 over=0");
    }

    /** The server has handled requests before: its classes are woven while they are in use. */
    @Tag("full")
    @ParameterizedTest
    @ValueSource(strings = {"tomcat", "jetty", "undertow", "jdk"})
    @Execution(ExecutionMode.CONCURRENT)
    void limitThatComesWithALateAgentRefuses(String server) throws IOException {
        Jdk jdk = Jdk.newest();
        Path rules = rules(server, RULE + "limit /tenants/* requests.max 1\n");
        try (RunningJvm jvm = ForkedJvm.on(jdk)
                .withoutAgent()
                .startMain(SheddingServer.class, server, "platform", "0", SheddingServer.LATE)) {
            assertThat(jvm.rest("before=")).isEqualTo("200");
            jvm.await("ready");
            ForkedJvm.Outcome attach = new ToolCommand(jdk, folder)
                    .run("attach", Long.toString(jvm.pid()), "rules=" + rules);
            assertThat(attach.exitCode()).as(attach.toString()).isZero();
            jvm.writeLine("");
            assertRefused(jvm.end());
        }
    }

    @Tag("full")
    @ParameterizedTest
    @ValueSource(strings = {"tomcat", "jetty", "undertow"})
    @Execution(ExecutionMode.CONCURRENT)
    void webSocketCountsUntilItsHandshakeIsAnswered(String server) throws IOException {
        ForkedJvm.Outcome outcome = webSockets(server, 1);
        assertThat(outcome.value("opened")).isEqualTo("2");
        assertThat(outcome.value("third")).matches("429 [12]");
        assertThat(outcome.value("echoes")).isEqualTo("one two");
        assertThat(outcome.value("held")).isEqualTo("200");
        assertThat(outcome.value("left")).isEqualTo("0 over=0 lost=0 peak=1");
        assertThat(outcome.err()).doesNotContain("corral:");
        assertThat(webSockets(server, 2).value("third")).as("below the limit").isEmpty();
    }

    private ForkedJvm.Outcome webSockets(String server, int max) throws IOException {
        return ForkedJvm.on(Jdk.newest())
                .agentArguments("rules=" + rules("socket", RULE))
                .runMain(WebSocketServer.class, server, Integer.toString(max));
    }

    private static List<String> values(ForkedJvm.Outcome outcome, String key) {
        return outcome.out()
                .lines()
                .filter(line -> line.startsWith(key + "="))
                .map(line -> line.substring(key.length() + 1))
                .toList();
    }

    private Path rules(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name + ".conf"), text);
    }

    private ForkedJvm.Outcome run(Jdk jdk, String server, int max, String... more)
            throws IOException {
        List<String> arguments = new ArrayList<>(List.of(server.split(" ", -1)));
        arguments.add(Integer.toString(max));
        arguments.addAll(List.of(more));
        return ForkedJvm.on(jdk)
                .agentArguments("rules=" + rules("rules", RULE))
                .runMain(SheddingServer.class, arguments.toArray(new String[0]));
    }
}
