package io.corral.integration.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import io.corral.integration.harness.RunningJvm;
import io.corral.integration.harness.ToolCommand;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where users see what limits do. */
class LimitViewsIT {

    @TempDir
    Path folder;

    static Stream<Jdk> newest() {
        return Stream.of(Jdk.newest());
    }

    private RunningJvm start(Jdk jdk, String what) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        return ForkedJvm.on(jdk)
                .agentArguments("metrics=prometheus:127.0.0.1:" + port)
                .flags("-XX:StartFlightRecording:settings=default,filename="
                        + folder.resolve("app.jfr"))
                .startMain(LimitViewsProgram.class, "http://127.0.0.1:" + port + "/metrics", what);
    }

    private static String metric(String name, String container, String value) {
        return "corral_" + name + "{corral_container=\"/tenants/" + container
                + "\",corral_hierarchy=\"main\"} " + value;
    }

    @ParameterizedTest
    @MethodSource("newest")
    void eachViewShowsWhatLimitsRefuse(Jdk jdk) throws IOException {
        String ls;
        try (RunningJvm jvm = start(jdk, "limit")) {
            assertThat(jvm.until("ready"))
                    .contains(
                            metric("limit_threads", "jobs", "1.0"),
                            metric("limit_refused_starts_total", "jobs", "5.0"),
                            metric("limit_shed_total", "requests", "3.0"),
                            metric("cpu_throttled_time_seconds_total", "requests", "0.0"),
                            "corral_control_degraded 0.0");
            ls = new ToolCommand(jdk, folder)
                    .run("ls", Long.toString(jvm.pid()))
                    .out();
            jvm.closeInput();
            jvm.end();
        }
        assertThat(columns(ls)).contains("SHED").doesNotContain("THROTTLED");
        assertThat(row(ls, "jobs")).contains("5");
        assertThat(row(ls, "requests")).contains("3");

        List<RecordedEvent> events = RecordingFile.readAllEvents(folder.resolve("app.jfr"));
        assertThat(of(events, "LimitChange"))
                .extracting(event -> event.getString("container") + " "
                        + event.getString("control") + " " + event.getString("oldValue") + " "
                        + event.getString("newValue") + " " + event.getString("origin"))
                .containsExactlyInAnyOrder(
                        "/tenants/jobs threads.max none 1 code",
                        "/tenants/requests requests.max none 1 code",
                        "/tenants/jobs threads.max 1 none code");
        assertThat(of(events, "LimitExceeded"))
                .extracting(event -> event.getString("container") + " "
                        + event.getString("control") + " " + event.getLong("limit") + " "
                        + event.getLong("use") + " " + event.getString("mode"))
                .contains(
                        "/tenants/jobs threads.max 1 1 enforce",
                        "/tenants/requests requests.max 1 1 enforce");
        assertThat(of(events, "ForkRefused"))
                .hasSize(5)
                .allMatch(event -> event.getString("subsystem").equals("threads.max")
                        && event.getString("limitedBy").equals("/tenants/jobs"));
        assertThat(of(events, "LimitStatistics"))
                .anyMatch(event -> event.getString("container").equals("/tenants/requests")
                        && event.getString("limits").equals("requests.max 1")
                        && event.getLong("shed") == 3);

        ForkedJvm.Outcome report = new ToolCommand(jdk, folder).run("report", "app.jfr");
        assertThat(report.exitCode()).as(report.toString()).isZero();
        assertThat(Files.readString(folder.resolve("app.html")))
                .contains("\"path\":\"/tenants/requests\",\"limits\":\"requests.max 1\"")
                .contains("\"refusedStarts\":5");
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("newest")
    void withoutALimitNoViewHasAnythingNew(Jdk jdk) throws IOException {
        String ls;
        try (RunningJvm jvm = start(jdk, "nothing")) {
            assertThat(jvm.until("ready")).noneMatch(line -> line.startsWith("corral_"));
            ls = new ToolCommand(jdk, folder)
                    .run("ls", Long.toString(jvm.pid()))
                    .out();
            jvm.closeInput();
            jvm.end();
        }
        assertThat(columns(ls)).doesNotContain("SHED", "THROTTLED");
        List<RecordedEvent> events = RecordingFile.readAllEvents(folder.resolve("app.jfr"));
        assertThat(of(events, "LimitStatistics")).isEmpty();
        assertThat(of(events, "LimitChange")).isEmpty();
    }

    private static List<RecordedEvent> of(List<RecordedEvent> events, String type) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals("corral." + type))
                .toList();
    }

    private static List<String> columns(String table) {
        return List.of(table.lines()
                .filter(line -> line.contains("CONTAINER"))
                .findFirst()
                .orElseThrow()
                .trim()
                .split(" +"));
    }

    private static List<String> row(String table, String container) {
        return List.of(table.lines()
                .filter(line -> line.trim().startsWith(container + " "))
                .findFirst()
                .orElseThrow()
                .trim()
                .split(" +"));
    }
}
