package io.corral.integration.lateagent;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import io.corral.integration.harness.RunningJvm;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code corral attach PID metrics=...}. */
class AttachMetricsIT {

    private static final String ANY_PORT = "127.0.0.1:0";

    @TempDir
    private Path folder;

    static Stream<Jdk> newest() {
        return Stream.of(Jdk.newest());
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("newest")
    void takenPortIsReportedAndAnotherCanBeChosen(Jdk jdk) throws IOException {
        ForkedJvm bare = AttachCommandIT.serviceOf(jdk).withoutAgent();
        try (RunningJvm jvm = bare.startMain(AttachTarget.class)) {
            jvm.await("ready");
            assertTakenPortIsReported(jdk, jvm, "active on JDK ");
            assertTakenPortIsReported(jdk, jvm, "already active on JDK ");
            ForkedJvm.Outcome free = attach(jdk, jvm, "metrics=prometheus:" + ANY_PORT);
            assertThat(free.exitCode()).as(free.toString()).isZero();
            String url = free.out().lines().findFirst().orElseThrow().replaceFirst(".* at ", "");
            try (InputStream in = URI.create(url).toURL().openStream()) {
                assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                        .contains("corral_cpu_time_seconds_total{");
            }
            assertExporterStays(jdk, jvm);
            jvm.writeLine("end");
            ForkedJvm.Outcome ended = jvm.end();
            assertThat(ended.exitCode()).isZero();
            assertThat(ended.errLines()).hasSize(4);
        }
    }

    @ParameterizedTest
    @MethodSource("newest")
    void portTakenAtTheStartCanBeChangedByAttach(Jdk jdk) throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                RunningJvm jvm = AttachCommandIT.serviceOf(jdk)
                        .agentArguments("metrics=prometheus:127.0.0.1:" + taken.getLocalPort())
                        .startMain(AttachTarget.class)) {
            jvm.errRest("corral: no metrics for Prometheus at ");
            ForkedJvm.Outcome free = attach(jdk, jvm, "metrics=prometheus:" + ANY_PORT);
            assertThat(free.exitCode()).as(free.toString()).isZero();
            assertThat(free.out()).startsWith("the metrics are at http://127.0.0.1:");
            jvm.writeLine("end");
            assertThat(jvm.end().exitCode()).isZero();
        }
    }

    private void assertTakenPortIsReported(Jdk jdk, RunningJvm jvm, String active)
            throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String at = "127.0.0.1:" + taken.getLocalPort();
            ForkedJvm.Outcome refused = attach(jdk, jvm, "metrics=prometheus:" + at);
            assertThat(refused.exitCode()).as(refused.toString()).isEqualTo(1);
            assertThat(refused.errLines())
                    .containsExactly("corral: no metrics for Prometheus at " + at
                            + ": Address already in use; choose another address with"
                            + " metrics=prometheus:HOST:PORT");
            assertThat(refused.out().lines()).singleElement().asString().startsWith(active);
        }
    }

    /** What works is not replaced. */
    private void assertExporterStays(Jdk jdk, RunningJvm jvm) {
        String expected =
                "option metrics stays prometheus:" + ANY_PORT + "; restart the JVM to change it";
        for (String other : List.of("none", "prometheus:127.0.0.1:1")) {
            ForkedJvm.Outcome stays = attach(jdk, jvm, "metrics=" + other);
            assertThat(stays.exitCode()).as(stays.toString()).isZero();
            assertThat(stays.out().lines()).hasSize(2).contains(expected);
        }
    }

    private ForkedJvm.Outcome attach(Jdk jdk, RunningJvm jvm, String option) {
        return new AttachCommand(jdk, folder).run(jvm.pid(), option);
    }
}
