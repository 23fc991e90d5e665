package io.corral.integration.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code corral demo --noisy}: the tenant that floods is the one that others wait for. */
@Tag("full")
class NoisyDemoIT {

    @TempDir
    Path folder;

    static Stream<Jdk> newestWithVirtualThreads() {
        return Jdk.withVirtualThreads().reduce((older, newer) -> newer).stream();
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("newestWithVirtualThreads")
    void floodingTenantIsNamedFirstOnPlatformThreads(Jdk jdk) throws IOException {
        assertFloodingTenantIsNamedFirst(jdk, List.of("/tenants/globex", "/tenants/initech"));
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("newestWithVirtualThreads")
    void floodingTenantIsNamedFirstOnVirtualThreads(Jdk jdk) throws IOException {
        // Requests wait before their tenant is known, where the server has started their threads.
        assertFloodingTenantIsNamedFirst(jdk, List.of("/pools"), "--virtual");
    }

    private void assertFloodingTenantIsNamedFirst(Jdk jdk, List<String> waiting, String... options)
            throws IOException {
        Path recording = folder.resolve("noisy.jfr");
        String examples = ForkedJvm.examplesDir();
        List<String> command = new ArrayList<>(List.of(
                jdk.command("java"),
                "-cp",
                examples + "/corral-examples.jar" + File.pathSeparator + examples + "/lib/*",
                "io.corral.examples.demo.Demo",
                "--agent",
                ForkedJvm.agentJar(),
                "--recording",
                recording.toString(),
                "--noisy",
                "--seconds",
                "2"));
        command.addAll(List.of(options));
        ForkedJvm.Outcome outcome = ForkedJvm.on(jdk).runCommand(command);
        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();

        for (String container : waiting) {
            Map<String, Long> others = othersOf(container, recording);
            assertThat(others).as(container).containsKey("/tenants/acme");
            assertThat(others.get("/tenants/acme"))
                    .as(container + " " + others)
                    .isEqualTo(others.values().stream().max(Long::compare).orElseThrow());
        }
    }

    /** Who was first, and the sum of the parts, up to when a limit was set. */
    private static Map<String, Long> othersOf(String container, Path recording) throws IOException {
        List<RecordedEvent> events = RecordingFile.readAllEvents(recording);
        Instant limited = events.stream()
                .filter(event -> event.getEventType().getName().equals("corral.LimitChange"))
                .map(RecordedEvent::getStartTime)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        Map<String, Long> others = new HashMap<>();
        for (RecordedEvent event : events) {
            if (event.getEventType().getName().equals("corral.RanMeanwhile")
                    && event.getStartTime().isBefore(limited)
                    && event.getString("container").equals(container)
                    && event.getString("first") != null) {
                others.merge(event.getString("first"), event.getLong("firstTime"), Long::sum);
            }
        }
        return others;
    }
}
