package io.corral.integration.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.examples.load.Load;
import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import io.corral.integration.harness.RunningJvm;
import io.corral.integration.harness.ToolCommand;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The agent is loaded into the demo's service in the middle of the load. */
@Tag("stress")
class DemoAttachIT {

    private static final double TOLERANCE = 0.05;

    /** On a busy machine a pair of runs can be unusable; then the test runs another pair. */
    private static final int ATTEMPTS = 3;

    /** The last part of the load, long after the agent was loaded. */
    private static final Duration WINDOW = Duration.ofSeconds(6);

    private static final Duration SAME_MOMENT = Duration.ofMillis(200);

    /** The number of periods, each a second long. */
    private static final Duration PERIODS = Duration.ofSeconds(3);

    /** A recording in which too many periods are missing. */
    private static final double SPOILT = Double.NaN;

    private static final List<String> TENANTS = List.of("acme", "globex", "initech");

    @TempDir
    Path folder;

    static List<Jdk> jdks() {
        return Jdk.all();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void sharesOfTenantsAreThoseOfAnAgentFromTheStart(Jdk jdk) throws IOException {
        double furthest = furthest(jdk);
        for (int i = 1; i < ATTEMPTS && furthest > TOLERANCE; i++) {
            System.out.println("once more, on " + jdk + ": " + furthest);
            furthest = furthest(jdk);
        }
        assertThat(furthest).isLessThanOrEqualTo(TOLERANCE);
    }

    /**
     * The largest relative difference of a tenant's share from its share with an agent from the
     * start.
     */
    private double furthest(Jdk jdk) throws IOException {
        Path early = recording(jdk, false);
        Path late = recording(jdk, true);
        double furthest = 0;
        for (String tenant : TENANTS) {
            double expected = share(early, tenant);
            double actual = share(late, tenant);
            System.out.println("DemoAttachIT on " + jdk + ": " + tenant + " has " + actual
                    + " with a late agent, and " + expected + " with one from the start");
            if (Double.isNaN(expected) || Double.isNaN(actual)) {
                return Double.MAX_VALUE;
            }
            assertThat(expected).isBetween(0.05, 0.6);
            furthest = Math.max(furthest, Math.abs(actual / expected - 1));
        }
        return furthest;
    }

    /** @param isLate whether the agent is loaded two seconds after the load has begun */
    private Path recording(Jdk jdk, boolean isLate) {
        String arguments = "rules=" + DemoRun.RULES;
        ForkedJvm jvm = ForkedJvm.on(jdk).optimizing();
        Path recording = folder.resolve(isLate ? "late.jfr" : "early.jfr");
        try (RunningJvm service =
                start(isLate ? jvm.withoutAgent() : jvm.agentArguments(arguments), recording)) {
            Load load = new Load(Load.client(), Integer.parseInt(service.rest("ready ")), 0);
            load.start();
            load.ended(2_000);
            if (isLate) {
                ForkedJvm.Outcome attached = new ToolCommand(jdk, folder)
                        .run("attach", Long.toString(service.pid()), arguments);
                assertThat(attached.exitCode()).as(attached.err()).isZero();
            }
            load.ended(15_000);
            load.stop();
            assertThat(load.firstError()).isNull();
            service.closeInput();
            assertThat(service.end().exitCode()).isZero();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
        return recording;
    }

    private static RunningJvm start(ForkedJvm jvm, Path recording) {
        String examples = ForkedJvm.examplesDir();
        String settings = ForkedJvm.profileSettings();
        return jvm.start(
                "-Xms256m",
                "-Xmx256m",
                "-XX:StartFlightRecording:filename=" + recording + ",settings=default,settings="
                        + settings,
                "-cp",
                examples + "/corral-examples.jar" + File.pathSeparator + examples + "/lib/*",
                "io.corral.examples.service.Service",
                "0",
                "unfiltered");
    }

    /**
     * A tenant's part of the process's CPU time without the JVM's own threads, by the kernel's
     * count. (The cost of a unit of work differs from run to run by more than the tolerance: a
     * machine's speed varies.)
     */
    private static double share(Path recording, String tenant) throws IOException {
        TreeMap<Instant, Long> tenants = new TreeMap<>();
        TreeMap<Instant, Long> processes = new TreeMap<>();
        for (RecordedEvent event : RecordingFile.readAllEvents(recording)) {
            String type = event.getEventType().getName();
            if (type.equals("corral.Reconciliation")) {
                processes.put(
                        event.getStartTime(),
                        event.getLong("processCpuTime") - event.getLong("vmCpuTime"));
            } else if (type.equals("corral.ContainerUsage")
                    && event.getString("hierarchy").equals("main")
                    && event.getString("container").equals("/tenants/" + tenant)) {
                tenants.put(event.getStartTime(), event.getLong("totalCpuTime"));
            }
        }
        Instant last = tenants.lastKey();
        Instant from = tenants.floorKey(last.minus(WINDOW));
        if (from == null) {
            System.out.println("spoilt: " + tenants);
            return SPOILT;
        }
        return (double) (tenants.get(last) - tenants.get(from))
                / (at(last, processes) - at(from, processes));
    }

    /**
     * The total at a time, interpolated: on JDK 17 the two kinds of events come at different
     * moments of a second.
     */
    private static double at(Instant time, TreeMap<Instant, Long> totals) {
        Instant before = totals.floorKey(time);
        Instant after = totals.ceilingKey(time);
        if (before == null || after == null || before.equals(after)) {
            Instant nearest = before == null ? after : before;
            return nearest != null
                            && Duration.between(nearest, time).abs().compareTo(SAME_MOMENT) < 0
                    ? totals.get(nearest)
                    : Double.NaN;
        }
        if (Duration.between(before, after).compareTo(PERIODS) > 0) {
            return Double.NaN;
        }
        double passed = (double) Duration.between(before, time).toNanos()
                / Duration.between(before, after).toNanos();
        return totals.get(before) + passed * (totals.get(after) - totals.get(before));
    }
}
