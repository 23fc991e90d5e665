package io.corral.integration.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.jr.ob.JSON;
import com.sun.net.httpserver.HttpServer;
import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import io.corral.integration.harness.RunningJvm;
import io.corral.integration.harness.ToolCommand;
import io.corral.integration.support.CpuLoad;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code corral ls} and {@code corral top} with the URLs of metrics, over JVMs of several JDKs. */
class TopEndpointsIT {

    private static final String ACME = "/tenants/acme";
    private static final String GLOBEX = "/tenants/globex";

    /** The program burns so much for this tenant when it starts. */
    private static final long GLOBEX_AT_START_NANOS = 200_000_000;

    private static final int MOST_READINGS = 100;

    @TempDir
    Path folder;

    @Test
    void rowsAreTheSumsOverTheJvms() throws IOException {
        try (Pod oldest = new Pod(Jdk.all().get(0));
                Pod newest = new Pod(Jdk.newest())) {
            oldest.answer("burn " + ACME + " 300");
            newest.answer("burn /tenants/initech 100");
            newest.answer("remove /tenants/initech");
            double before = oldest.total() + newest.total();
            Map<String, Object> ls = ls("--json", oldest.url(), newest.url());
            double after = oldest.total() + newest.total();
            assertThat(nanos(ls, ACME))
                    .isCloseTo(oldest.own(ACME) + newest.own(ACME), withinPercentage(2));
            assertThat(nanos(ls, GLOBEX))
                    .isCloseTo(oldest.own(GLOBEX) + newest.own(GLOBEX), withinPercentage(2));
            // The scrape itself is in it.
            assertThat(nanos(ls, "/")).isBetween(before, after);
            assertThat(number(ls, ACME, "jvms")).isEqualTo(2);
            assertThat(nanos(ls, "removed")).isGreaterThan(100e6);
            Map<String, Object> byJvm = ls("--json", "--by", "jvm", oldest.url(), newest.url());
            assertThat(nanosOf(byJvm, oldest, ACME))
                    .isCloseTo(oldest.own(ACME), withinPercentage(2));
            assertThat(nanosOf(byJvm, newest, ACME))
                    .isCloseTo(newest.own(ACME), withinPercentage(2));
        }
    }

    @Tag("full")
    @Test
    void restartedJvmBeginsAtZeroAndItsRatesAreComplete() throws IOException {
        try (Pod stable = new Pod(Jdk.all().get(0));
                Pod first = new Pod(Jdk.newest())) {
            first.answer("burn " + GLOBEX + " 500");
            try (RunningJvm top = top(stable.url(), first.url())) {
                assertThat(untilJvms(top, 2)).isNotEmpty();
                first.end();
                assertThat(untilJvms(top, 1)).isNotEmpty();
                stable.answer("burn " + ACME + " 300");
                try (Pod second = new Pod(Jdk.newest(), first.port)) {
                    List<Map<String, Object>> readings = untilJvms(top, 2);
                    second.answer("burn " + GLOBEX + " 100");
                    double own = stable.own(GLOBEX) + second.own(GLOBEX);
                    Map<String, Object> last;
                    // The first of them may be from before the burning.
                    do {
                        readings.addAll(untilJvms(top, 2));
                        last = readings.get(readings.size() - 1);
                    } while (nanos(last, GLOBEX) < 0.98 * own && readings.size() < MOST_READINGS);
                    double globex = 0;
                    for (Map<String, Object> each : readings) {
                        assertThat(number(each, "/", "cpuPercent")).isNotNegative();
                        assertThat(number(each, GLOBEX, "cpuPercent")).isNotNegative();
                        globex += number(each, GLOBEX, "cpuPercent") / 100 * seconds(each);
                    }
                    // A reading has the longest time of both JVMs, and the rate is of one.
                    assertThat(globex * 1e9).isCloseTo(second.own(GLOBEX), withinPercentage(10));
                    assertThat(globex * 1e9).isGreaterThan(GLOBEX_AT_START_NANOS);
                    assertThat(nanos(last, "/"))
                            .isCloseTo(stable.total() + second.total(), withinPercentage(2));
                }
            }
        }
    }

    @Tag("full")
    @Test
    void endpointsThatDoNotAnswerLeaveTheOthersRows() throws IOException {
        HttpServer another =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        another.createContext("/", exchange -> {
            try (exchange) {
                byte[] text = "up 1\n".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, text.length);
                exchange.getResponseBody().write(text);
            }
        });
        another.start();
        String anothers = "http://127.0.0.1:" + another.getAddress().getPort();
        try (Pod pod = new Pod(Jdk.newest());
                ServerSocket hanging = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
            String hangs = "http://127.0.0.1:" + hanging.getLocalPort();
            ForkedJvm.Outcome top =
                    run("top", "-n", "2", "-d", "0.2", hangs, pod.url(), anothers, "/tenants");
            assertThat(top.exitCode()).as(top.toString()).isZero();
            assertThat(top.out().lines().filter(line -> line.contains("globex")))
                    .hasSize(2);
            assertThat(top.out().lines())
                    .contains("no Corral metrics at " + anothers + "/metrics")
                    .anyMatch(line -> line.startsWith(hangs + "/metrics: no answer "));
            ForkedJvm.Outcome sums = run("ls", pod.url(), anothers);
            assertThat(sums.exitCode()).as(sums.toString()).isEqualTo(1);
            assertThat(sums.out()).contains("globex");
            ForkedJvm.Outcome alone = run("top", anothers);
            assertThat(alone.exitCode()).isEqualTo(1);
            assertThat(alone.errLines())
                    .containsExactly("corral: no Corral metrics at " + anothers + "/metrics");
        } finally {
            another.stop(0);
        }
    }

    private Map<String, Object> ls(String... words) throws IOException {
        ForkedJvm.Outcome ls = run("ls", words);
        assertThat(ls.exitCode()).as(ls.toString()).isZero();
        return JSON.std.mapFrom(ls.out());
    }

    private ForkedJvm.Outcome run(String command, String... words) {
        return new ToolCommand(Jdk.newest(), folder).run(command, words);
    }

    private static RunningJvm top(String... urls) {
        List<String> words = new ArrayList<>(List.of(
                "-cp",
                ToolCommand.classPath(),
                "io.corral.commands.Tools",
                "top",
                "-b",
                "--json",
                "-d",
                "0.5"));
        words.addAll(List.of(urls));
        return ForkedJvm.on(Jdk.newest()).withoutAgent().start(words.toArray(String[]::new));
    }

    /** The readings up to the first that is of so many JVMs. */
    private static List<Map<String, Object>> untilJvms(RunningJvm top, int jvms)
            throws IOException {
        List<Map<String, Object>> readings = new ArrayList<>();
        do {
            readings.add(JSON.std.mapFrom("{" + top.rest("{")));
        } while (number(readings.get(readings.size() - 1), "/", "jvms") != jvms);
        return readings;
    }

    private static double seconds(Map<String, Object> reading) {
        return ((Number) reading.get("seconds")).doubleValue();
    }

    private static double nanos(Map<String, Object> reading, String path) {
        return number(reading, path, "cpuNanos");
    }

    private static double nanosOf(Map<String, Object> reading, Pod pod, String path) {
        return number(reading, path, "cpuNanos", pod.url().replace("http://", ""));
    }

    private static double number(Map<String, Object> reading, String path, String key) {
        return number(reading, path, key, null);
    }

    private static double number(Map<String, Object> reading, String path, String key, Object jvm) {
        for (Object each : (List<?>) reading.get("containers")) {
            Map<?, ?> container = (Map<?, ?>) each;
            if (container.get("path").equals(path)
                    && (jvm == null || jvm.equals(container.get("jvm")))) {
                return ((Number) container.get(key)).doubleValue();
            }
        }
        throw new IllegalStateException("no " + key + " of " + path + " in " + reading);
    }

    /** A JVM with an endpoint. */
    private static final class Pod implements AutoCloseable {

        private final RunningJvm jvm;
        private final int port;

        Pod(Jdk jdk) throws IOException {
            this(jdk, freePort());
        }

        Pod(Jdk jdk, int port) {
            this.port = port;
            jvm = ForkedJvm.on(jdk)
                    .agentArguments("metrics=prometheus:127.0.0.1:" + port + ",log=info")
                    .flags(CpuLoad.FLAG)
                    .startMain(MetricsProgram.class);
            jvm.await("ready");
            jvm.errRest("corral: the metrics are at ");
        }

        private static int freePort() throws IOException {
            try (ServerSocket socket = new ServerSocket(0)) {
                return socket.getLocalPort();
            }
        }

        String url() {
            return "http://127.0.0.1:" + port;
        }

        /** The last line that the program prints before it is done. */
        String answer(String line) {
            jvm.writeLine(line);
            List<String> lines = jvm.until("done");
            return lines.size() < 2 ? "" : lines.get(lines.size() - 2);
        }

        double own(String path) {
            return Double.parseDouble(answer("own " + path));
        }

        double total() {
            return Double.parseDouble(answer("total"));
        }

        void end() {
            jvm.writeLine("end");
            assertThat(jvm.end().exitCode()).isZero();
        }

        @Override
        public void close() {
            jvm.close();
        }
    }
}
