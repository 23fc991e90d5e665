package io.corral.integration.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.FullRun;
import io.corral.integration.harness.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A limit counts each request until the server ends it, however that is: through forwards, error
 * pages, asynchronous ends and clients that go away. It never lets more in.
 */
class CountedRequestsIT {

    private static final int REQUESTS = FullRun.isOn() ? 4_000 : 1_000;

    /** For each server and JDK: some minutes. */
    private static final int MANY_REQUESTS = Integer.getInteger("corral.counted", 1_000_000);

    private static final long TIMEOUT_SECONDS = 3_600;

    @TempDir
    Path folder;

    static Stream<Arguments> servers() {
        return Stream.concat(
                ServerRows.of(
                        1,
                        "tomcat platform",
                        "tomcat virtual",
                        "jetty platform",
                        "jetty virtual",
                        "undertow platform"),
                FullRun.rows(0, List.of("undertow-servlet platform"))
                        .map(server -> Arguments.of(Jdk.newest(), server)));
    }

    /** The servers are the same on each JDK. */
    static Stream<Arguments> serversOnTheNewestJdk() {
        return servers().filter(each -> each.get()[0].equals(Jdk.newest()));
    }

    @ParameterizedTest
    @MethodSource("serversOnTheNewestJdk")
    void nothingIsLeftAtTheEndAndNeverMoreThanTheLimitRuns(Jdk jdk, String server)
            throws IOException {
        count(jdk, server, REQUESTS);
    }

    @Tag("stress")
    @ParameterizedTest
    @MethodSource("servers")
    void nothingIsLeftOfAMillionRequests(Jdk jdk, String server) throws IOException {
        count(jdk, server, MANY_REQUESTS);
    }

    private void count(Jdk jdk, String server, int requests) throws IOException {
        ForkedJvm.Outcome outcome = run(jdk, server, CountedRequests.MAX, requests);
        System.out.println(server + " on " + jdk + ": " + outcome.out());
        assertThat(outcome.value("left")).isEqualTo("0 and 0");
        assertThat(outcome.number("seen")).isBetween(1L, (long) CountedRequests.MAX);
        assertThat(outcome.number("counted")).isEqualTo(CountedRequests.MAX);
        assertThat(outcome.number("over")).isZero();
        // Jetty, also without Corral, forgets one of some thousand requests whose timeout is short.
        assertThat(outcome.number("lost")).isBetween(0L, outcome.number("unanswered"));
        if (!server.startsWith("jetty")) {
            assertThat(outcome.number("unanswered")).isZero();
        }
        assertThat(outcome.number("shed")).isPositive();
        // Undertow's I/O threads do not wait.
        assertThat(outcome.number("waited") > 0).isEqualTo(!server.startsWith("undertow"));
        // Of those that go away, some are never seen by the server.
        assertThat(outcome.number("admitted") + outcome.number("shed"))
                .isBetween(requests / 2L, (long) requests);
        if (!server.startsWith("undertow")) {
            assertThat(outcome.value("gone"))
                    .isEqualTo("admitted 2 waited 1 shed 0 left 0 and 0 lost 0");
        }
        if (server.equals("tomcat platform")) {
            assertThat(outcome.value("storm"))
                    .isEqualTo("50 of 50 beside 4, without a limit 0 of 1 beside 16");
        }
        assertThat(outcome.err()).doesNotContain("corral:");
    }

    @Test
    void withoutALimitMoreRun() throws IOException {
        ForkedJvm.Outcome outcome = run(Jdk.newest(), "tomcat platform", 0, REQUESTS);
        assertThat(outcome.number("seen")).isGreaterThan(CountedRequests.MAX);
        assertThat(outcome.number("shed")).isZero();
    }

    private ForkedJvm.Outcome run(Jdk jdk, String server, int max, int requests)
            throws IOException {
        Path rules = Files.writeString(
                folder.resolve("rules.conf"), "enter http -> /tenants/{header.X-Tenant}\n");
        String[] parts = server.split(" ", -1);
        return ForkedJvm.on(jdk)
                .agentArguments("rules=" + rules)
                .optimizing()
                .timeoutSeconds(TIMEOUT_SECONDS)
                .flags("-Dorg.jboss.logging.provider=jdk")
                .runMain(
                        CountedRequests.class,
                        parts[0],
                        parts[1],
                        Integer.toString(max),
                        Integer.toString(requests));
    }
}
