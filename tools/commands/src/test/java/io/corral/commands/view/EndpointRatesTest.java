package io.corral.commands.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.net.httpserver.HttpServer;
import io.corral.commands.endpoint.Endpoints;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The rates of JVMs behind endpoints that this test serves. */
class EndpointRatesTest {

    private final List<Served> all = new ArrayList<>();

    @AfterEach
    void stop() {
        all.forEach(each -> each.server.stop(0));
    }

    @Test
    void jvmThatDoesNotAnswerIsLeftOutUntilItDoes() throws Exception {
        Served one = serve(metrics(10, 1));
        Served other = serve(metrics(20, 2));
        EndpointRates source = source(false, one, other);
        Rates first = source.next("main");
        assertThat(first.process()).isNaN();
        assertThat(first.reading().process().processNanos()).isEqualTo(30_000_000_000L);
        other.text = null;
        one.text = metrics(11, 2);
        Rates second = source.next("main");
        assertThat(second.problems()).containsExactly(other.url() + "/metrics: the answer is 500");
        assertThat(second.process() * second.seconds()).isCloseTo(1, within(1e-6));
        assertThat(second.rows().get(0).jvms()).isEqualTo(1);
        other.text = metrics(24, 6);
        Rates third = source.next("main");
        while (!third.problems().isEmpty()) {
            third = source.next("main");
        }
        // The time of the rates of the JVM that was left out is the longest one.
        assertThat(third.process() * third.seconds()).isCloseTo(4, within(1e-6));
        assertThat(third.rows().get(0).jvms()).isEqualTo(2);
        one.text = null;
        other.text = null;
        assertThat(source.next("main").rows()).isEmpty();
    }

    @Test
    void otherAndRemovedContainersHaveRows() throws Exception {
        Rates rates = source(false, serve(metrics(10, 1))).next("main");
        assertThat(rates.rows().stream().map(rate -> rate.row().name()))
                .containsExactly(
                        "/", "gc", "t", "(other)", "(removed)", "(itself)", "JVM's native threads");
        assertThat(rates.rows().get(0).row().cpuNanos()).isEqualTo(1_000_000_000L + 750_000_000L);
        assertThat(rates.reading().process().gcNanos()).isEqualTo(125_000_000);
        assertThat(Column.available(List.of(Column.values()), rates))
                .contains(Column.JVMS, Column.THREADS)
                .doesNotContain(
                        Column.JVM,
                        Column.VIRTUAL,
                        Column.EXITS,
                        Column.QUEUED,
                        Column.QUEUED_TOTAL);
        Rates byJvm = source(true, all.get(0)).next("main");
        assertThat(Column.available(List.of(Column.values()), byJvm))
                .contains(Column.JVM)
                .doesNotContain(Column.JVMS);
    }

    @Test
    void liveThreadsAreFoundByTheirEarlierNameToo() throws Exception {
        for (String metric : List.of("corral_threads", "corral_thread_count")) {
            String threads = metric + "{corral_container=\"/t\",corral_hierarchy=\"main\"} 7\n";
            Rates rates = source(false, serve(metrics(1, 1) + threads)).next("main");
            assertThat(rates.rows().get(0).row().threads()).as(metric).isEqualTo(7);
        }
    }

    @Test
    void nothingThatAnswersIsAFailureWithEachReason() throws Exception {
        Served one = serve("up 1\n");
        Served other = serve(null);
        assertThatThrownBy(() -> source(false, one, other).next("main"))
                .isInstanceOf(IOException.class)
                .hasMessage("no Corral metrics at " + one.url() + "/metrics"
                        + System.lineSeparator() + other.url() + "/metrics: the answer is 500");
    }

    @Test
    void unknownHierarchyIsAFailureThatNamesTheOthers() throws Exception {
        EndpointRates source = source(false, serve(metrics(1, 1)));
        assertThatThrownBy(() -> source.next("endpoint"))
                .hasMessage(source.title() + " has no hierarchy endpoint; it has main");
    }

    @Test
    void jsonNamesTheJvmsAndTheProblems() throws Exception {
        Served one = serve(metrics(10, 1));
        Served other = serve("garbage\n");
        Rates rates = source(false, one, other).next("main");
        String json = Json.of("2 endpoints", rates, rates.rows());
        assertThat(json).contains("\"jvms\":1", "\"problems\":[\"" + other.url() + "/metrics: ");
        Rates byJvm = source(true, one).next("main");
        assertThat(Json.of("1 endpoint", byJvm, byJvm.rows()))
                .contains("\"jvm\":\"127.0.0.1:")
                .doesNotContain("\"jvms\"", "problems");
        String page = Files.readString(Path.of("../..", "docs", "top.md"));
        assertThat(page).contains("`jvm`", "`jvms`", "`problems`");
    }

    /** A JVM exports a new container with 0 the first time. */
    @Test
    void firstReadingHasTheWholeUsageOfNewContainers() throws Exception {
        Served one = serve(metrics(2, 1));
        one.first = metrics(2, 0);
        assertThat(source(false, one).next("main").rows())
                .anyMatch(rate ->
                        rate.row().path().equals("/t") && rate.row().cpuNanos() == 1_000_000_000L);
    }

    @Test
    void textOfAServerIsEscaped() throws Exception {
        Served one = serve(metrics(1, 1).replace("/t", "/\u001b[2J"));
        Rates rates = source(false, one).next("main");
        Table table = new Table(List.of(Column.TIME), 60);
        assertThat(rates.rows().stream().map(rate -> table.line(rates, rate, false)))
                .anyMatch(line -> line.contains("\\u001b[2J"))
                .noneMatch(line -> Pattern.compile("\u001b").matcher(line).find());
    }

    private static EndpointRates source(boolean isByJvm, Served... served) throws IOException {
        return new EndpointRates(
                Endpoints.of(List.of(served).stream().map(Served::url).toList()), isByJvm);
    }

    private static String metrics(double process, double tenant) {
        return """
                corral_process_cpu_time_seconds_total %s
                corral_jvm_cpu_time_seconds_total{corral_container="/jvm/gc",\
                corral_hierarchy="main"} 0.125
                corral_cpu_time_seconds_total{corral_container="/",corral_hierarchy="main"} 0.25
                corral_cpu_time_seconds_total{corral_container="/t",corral_hierarchy="main"} %s
                corral_cpu_time_seconds_total{corral_container="other",corral_hierarchy="main"} 0.25
                corral_cpu_time_removed_seconds_total{corral_hierarchy="main"} 0.25
                corral_thread_started_total{corral_container="/",corral_hierarchy="main"} 1
                corral_thread_started_removed_total{corral_hierarchy="main"} 1
                """.formatted(process, tenant);
    }

    private Served serve(@Nullable String text) throws IOException {
        Served served = new Served(
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        served.text = text;
        all.add(served);
        return served;
    }

    /** An endpoint that answers 500 if there is no text. */
    private static final class Served {

        private final HttpServer server;
        private volatile @Nullable String text;

        /** What the next request alone gets in place of the text. */
        private volatile @Nullable String first;

        Served(HttpServer server) {
            this.server = server;
            server.createContext("/", exchange -> {
                try (exchange) {
                    String now = first == null ? text : first;
                    first = null;
                    byte[] body = (now == null ? "" : now).getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(now == null ? 500 : 200, body.length);
                    exchange.getResponseBody().write(body);
                }
            });
            server.start();
        }

        String url() {
            return "http://127.0.0.1:" + server.getAddress().getPort();
        }
    }
}
