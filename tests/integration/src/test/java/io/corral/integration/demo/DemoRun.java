package io.corral.integration.demo;

import com.fasterxml.jackson.jr.ob.JSON;
import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.FullRun;
import io.corral.integration.harness.Jdk;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * A run of the demo.
 *
 * @param numbers what the demo has written as JSON
 * @param reconciliation the last one of the recording
 * @param endedPlatformThreads the number of platform threads that ended while it was recorded
 * @param check of the recording against the API
 */
record DemoRun(
        ForkedJvm.Outcome outcome,
        Path recording,
        Map<String, Object> numbers,
        RecordedEvent reconciliation,
        long endedPlatformThreads,
        RecordingCheck check) {

    /** The rules that do what the demo's filter does. */
    static final Path RULES = Path.of(ForkedJvm.examplesDir(), "../demo.rules");

    private static final Map<Integer, DemoRun> SHARED = new ConcurrentHashMap<>();

    /**
     * In the full run, enough that the compilers' work, which is charged to no tenant, is done in
     * the warm-up.
     */
    private static final String REQUESTS = FullRun.isOn() ? "4000" : "1000";

    /**
     * The filter and the rules count the same requests; the rules use separate hierarchies. Two
     * more rules enclose the filter: the first includes what it costs, the second does not.
     */
    private static final String AROUND_FILTER =
            "enter io.corral.examples.service.ContainerFilter#doFilter -> hierarchy around"
                    + " /filter\n";

    private static final String WITHIN_FILTER =
            "enter io.corral.examples.service.EndpointServlet#doGet -> hierarchy within /servlet\n";

    /** The one run on this JDK that all tests share. */
    static DemoRun shared(Jdk jdk) {
        return SHARED.computeIfAbsent(jdk.feature(), feature -> runByFilterAndRules(jdk));
    }

    private static DemoRun runByFilterAndRules(Jdk jdk) {
        try {
            Path rules = Files.writeString(
                    ForkedJvm.temporaryFiles().resolve("demo-" + jdk.feature() + ".rules"),
                    Files.readString(RULES)
                                    .replace(
                                            "-> /tenants/", "-> hierarchy tenant-by-rule /tenants/")
                                    .replace("hierarchy endpoint ", "hierarchy endpoint-by-rule ")
                            + AROUND_FILTER
                            + WITHIN_FILTER);
            return run(jdk, "--filter", "on", "--rules", rules.toString(), "--requests", REQUESTS);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A separate run for one test. */
    static DemoRun run(Jdk jdk, String... options) {
        try {
            Path folder = Files.createTempDirectory(ForkedJvm.temporaryFiles(), "demo");
            return runIn(folder, jdk, options);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A separate run that writes into a folder. */
    static DemoRun runIn(Path folder, Jdk jdk, String... options) {
        try {
            Path recording = folder.resolve("demo.jfr");
            Path json = folder.resolve("demo.json");
            ForkedJvm.Outcome outcome =
                    ForkedJvm.on(jdk).runCommand(command(jdk, recording, json, options));
            System.out.println(outcome.out());
            if (outcome.exitCode() != 0) {
                throw new IllegalStateException(
                        "the demo failed:\n" + outcome.out() + outcome.err());
            }
            Map<String, Object> numbers = JSON.std.mapFrom(json.toFile());
            List<RecordedEvent> events = RecordingFile.readAllEvents(recording);
            return new DemoRun(
                    outcome,
                    recording,
                    numbers,
                    all("corral.Reconciliation", events)
                            .max(Comparator.comparing(RecordedEvent::getEndTime))
                            .orElseThrow(),
                    all("corral.ThreadExit", events).count(),
                    RecordingCheck.of(recording, containers(numbers, "end")));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Stream<RecordedEvent> all(String type, List<RecordedEvent> events) {
        return events.stream().filter(event -> event.getEventType().getName().equals(type));
    }

    /** The command line of the demo. */
    static List<String> command(Jdk jdk, Path recording, Path json, String... options) {
        String examples = ForkedJvm.examplesDir();
        List<String> command = new ArrayList<>(List.of(
                jdk.command("java"),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                examples + "/corral-examples.jar" + File.pathSeparator + examples + "/lib/*",
                "io.corral.examples.demo.Demo"));
        command.addAll(List.of("--agent", ForkedJvm.agentJar()));
        command.addAll(List.of("--recording", recording.toString(), "--json", json.toString()));
        command.addAll(List.of(options));
        return command;
    }

    /** A number of the run as a whole, such as {@code spread}. */
    double number(String name) {
        return ((Number) numbers.get(name)).doubleValue();
    }

    /** A number of the recording's last reconciliation. */
    double reconciliation(String name) {
        return reconciliation.getLong(name);
    }

    private static List<?> containers(Map<String, Object> numbers, String reading) {
        return (List<?>) ((Map<?, ?>) numbers.get(reading)).get("containers");
    }

    /**
     * CPU nanoseconds by hierarchy and container, from the end of the warm-up to the end of the
     * load.
     */
    Map<String, Long> cpuNanosOfLoad() {
        Map<String, Long> cpuNanos = cpuNanos("end");
        cpuNanos("warm")
                .forEach((container, before) -> cpuNanos.merge(container, -before, Long::sum));
        return cpuNanos;
    }

    private Map<String, Long> cpuNanos(String reading) {
        Map<String, Long> cpuNanos = new TreeMap<>();
        for (Object each : containers(numbers, reading)) {
            Map<?, ?> container = (Map<?, ?>) each;
            cpuNanos.put(
                    container.get("hierarchy") + ":" + container.get("container"),
                    ((Number) container.get("cpuNanos")).longValue());
        }
        return cpuNanos;
    }
}
