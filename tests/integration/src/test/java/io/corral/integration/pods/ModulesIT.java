package io.corral.integration.pods;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import io.corral.integration.harness.RunningJvm;
import io.corral.integration.harness.ToolCommand;
import io.corral.integration.support.LinkedImage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each row of the page's table of modules: on an image without the module, one line says what is
 * missing and the application runs; with the module, and none but those of the agent, it works.
 */
@Tag("full")
class ModulesIT {

    private static final String AGENT = "java.instrument";
    private static final String CLOCKS = "java.management";
    private static final String RECORDER = "jdk.jfr";
    private static final String SERVER = "jdk.httpserver";
    private static final String CLIENT = "java.net.http";
    private static final String MANAGEMENT = "jdk.management.agent";
    private static final String FASTER_START = "jdk.unsupported";

    @TempDir
    Path folder;

    static Stream<Jdk> jdks() {
        return Jdk.eachInFullRun().stream();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void featureNeedsTheModulesOfThePage(Jdk jdk) throws Exception {
        assertThat(ModulesPage.linesByModule())
                .containsOnlyKeys(
                        AGENT, CLOCKS, RECORDER, SERVER, CLIENT, MANAGEMENT, FASTER_START);
        Files.writeString(folder.resolve("rules.conf"), ModulesProgram.RULES);
        assertAllIsMissingWithTheAgentAlone(LinkedImage.of(jdk, AGENT, folder.resolve("smallest")));
        Jdk whole = LinkedImage.of(jdk, ModulesPage.all(), folder.resolve("whole"));
        assertThat(ModulesPage.all().split(",", -1))
                .containsExactlyInAnyOrderElementsOf(ModulesPage.linesByModule().keySet());
        clocks(whole);
        recorder(whole);
        server(whole);
        client(whole);
        management(whole);
    }

    private void assertAllIsMissingWithTheAgentAlone(Jdk image) throws IOException {
        try (RunningJvm jvm = start(ForkedJvm.on(image), "metrics=prometheus+otlp")) {
            jvm.await("ready");
            jvm.errUntil(line(CLOCKS));
            jvm.errUntil(line(RECORDER));
            assertThat(jvm.errRest("corral: active on JDK ")).endsWith("events off");
            // Half a second after main has begun.
            jvm.errUntil(line(SERVER));
            jvm.errUntil(line(CLIENT));
            String pid = Long.toString(jvm.pid());
            for (List<String> command :
                    List.of(List.of("ls", pid), List.of("top", pid), List.of("limits", pid))) {
                ForkedJvm.Outcome refused = tool(command);
                assertThat(refused.exitCode()).isEqualTo(1);
                assertThat(refused.errLines())
                        .containsExactly(line(MANAGEMENT).replace("PID", pid));
            }
            assertThat(tool(List.of("why", pid, "main")).out()).contains("\"main\"");
            jvm.writeLine("end");
            ForkedJvm.Outcome outcome = jvm.end();
            assertThat(outcome.exitCode()).isZero();
            assertThat(outcome.value("ended")).isEqualTo("true");
            assertThat(outcome.errLines())
                    .filteredOn(line -> line.contains("no module"))
                    .containsExactly(line(CLOCKS), line(RECORDER), line(SERVER), line(CLIENT));
            assertThat(outcome.err()).doesNotContain("\tat ");
            assertWorksWithoutClocks(outcome, image);
            assertThat(outcome.value("usageKnown")).isEqualTo("false");
            assertThat(outcome.value("shed")).isEqualTo("false");
        }
        ForkedJvm.Outcome recorded = ForkedJvm.on(image)
                .flags("-XX:StartFlightRecording:filename=" + folder.resolve("none.jfr"))
                .runMain(ModulesProgram.class);
        assertThat(recorded.exitCode()).isEqualTo(1);
        assertThat(recorded.out() + recorded.err()).contains("Module jdk.jfr not found");
    }

    private static void assertWorksWithoutClocks(ForkedJvm.Outcome outcome, Jdk image) {
        assertThat(outcome.value("thread")).isEqualTo("/batch");
        assertThat(outcome.value("method")).isEqualTo("/tenants/globex");
        assertThat(outcome.value("task")).isEqualTo("/tenants/initech");
        assertThat(outcome.value("refused")).isEqualTo("true");
        if (image.hasVirtualThreads()) {
            assertThat(outcome.value("virtual")).isEqualTo("/tenants/initech");
        }
    }

    private void clocks(Jdk image) {
        try (RunningJvm jvm = start(with(image, CLOCKS), "jfr=off")) {
            jvm.await("ready");
            jvm.writeLine("end");
            ForkedJvm.Outcome outcome = jvm.end();
            assertThat(outcome.value("usageKnown")).isEqualTo("true");
            assertThat(outcome.value("shed")).isEqualTo("true");
            assertThat(outcome.err()).doesNotContain("no module");
            assertWorksWithoutClocks(outcome, image);
        }
    }

    private void recorder(Jdk image) {
        Path file = folder.resolve("app.jfr");
        ForkedJvm recording = with(image, CLOCKS + "," + RECORDER)
                .flags("-XX:StartFlightRecording:filename=" + file);
        try (RunningJvm jvm = start(recording, "jfr=on")) {
            jvm.await("ready");
            jvm.writeLine("end");
            assertThat(jvm.end().err()).doesNotContain("no module");
        }
        assertThat(tool(List.of("ls", file.toString())).out()).contains("acme");
    }

    private void server(Jdk image) throws Exception {
        try (RunningJvm jvm = start(with(image, SERVER), "metrics=prometheus:127.0.0.1:0")) {
            String url = jvm.errRest("corral: the metrics are at ");
            String metrics = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(url)).build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            assertThat(metrics).contains("corral_threads{");
            assertThat(tool(List.of("top", "-n", "1", url)).out()).contains("CONTAINER");
        }
    }

    private void client(Jdk image) throws Exception {
        CountDownLatch received = new CountDownLatch(1);
        HttpServer collector =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/metrics", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                exchange.sendResponseHeaders(200, -1);
                received.countDown();
            }
        });
        collector.start();
        ForkedJvm exporting = with(image, CLIENT)
                .environment(
                        "OTEL_EXPORTER_OTLP_ENDPOINT",
                        "http://127.0.0.1:" + collector.getAddress().getPort());
        try (RunningJvm jvm = start(exporting, "metrics=otlp")) {
            jvm.await("ready");
            assertThat(received.await(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            collector.stop(0);
        }
    }

    private void management(Jdk image) {
        try (RunningJvm jvm = start(with(image, MANAGEMENT), "jfr=off")) {
            jvm.await("ready");
            String pid = Long.toString(jvm.pid());
            assertThat(tool(List.of("ls", pid, "/tenants")).out()).contains("acme");
            assertThat(tool(List.of("limits", pid)).out()).contains("cpu.max");
        }
    }

    /** With the modules of the agent and these only. */
    private static ForkedJvm with(Jdk image, String modules) {
        return ForkedJvm.on(image).flags("--limit-modules", AGENT + "," + modules);
    }

    private RunningJvm start(ForkedJvm jvm, String option) {
        return jvm.agentArguments("rules=" + folder.resolve("rules.conf") + ",log=info," + option)
                .startMain(ModulesProgram.class);
    }

    /** On a whole JDK: the commands need more than the JVM that they look at. */
    private ForkedJvm.Outcome tool(List<String> words) {
        return new ToolCommand(Jdk.newest(), folder)
                .run(words.get(0), words.subList(1, words.size()).toArray(String[]::new));
    }

    private static String line(String module) {
        return "corral: " + ModulesPage.linesByModule().get(module);
    }
}
