package io.corral.integration.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import io.corral.integration.harness.Scenario;
import io.corral.integration.support.CpuLoad;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The recording includes the usage of daemon threads that {@code System.exit} ends. */
class SystemExitIT {

    @TempDir
    private static Path folder;

    static List<Jdk> jdks() {
        return Jdk.eachInFullRun();
    }

    static Stream<Jdk> newest() {
        return Stream.of(Jdk.newest());
    }

    @Scenario(120)
    @ParameterizedTest
    @MethodSource("jdks")
    void lastTotalsIncludeDaemonsThatSystemExitEnds(Jdk jdk) throws Exception {
        Path recording = folder.resolve("exit-" + jdk.feature() + ".jfr");
        ForkedJvm.Outcome outcome = ForkedJvm.on(jdk)
                .flags(CpuLoad.FLAG, "-XX:StartFlightRecording:filename=" + recording)
                .runMain(SystemExitProgram.class);
        assertThat(outcome.exitCode()).isEqualTo(SystemExitProgram.EXIT_CODE);
        RecordedEvent last = RecordingFile.readAllEvents(recording).stream()
                .filter(event -> event.getEventType().getName().equals("corral.ContainerTotal"))
                .filter(event -> event.getString("container").equals(SystemExitProgram.CONTAINER))
                .reduce((one, other) ->
                        one.getStartTime().isAfter(other.getStartTime()) ? one : other)
                .orElseThrow();
        assertThat(last.getLong("totalCpuTime"))
                .isGreaterThanOrEqualTo(outcome.number("usedNanos"));
        assertThat(last.getLong("totalAllocated"))
                .isGreaterThanOrEqualTo(SystemExitProgram.ALLOCATED_BYTES);
        assertThat(last.getLong("threads")).isEqualTo(2);
        assertThat(last.getLong("exits")).isZero();
    }

    /** The last totals are read while the callback waits for the end. */
    @ParameterizedTest
    @MethodSource("newest")
    void callbackOfANewContainerMayEndTheJvm(Jdk jdk) throws Exception {
        Path recording = folder.resolve("callback-" + jdk.feature() + ".jfr");
        ForkedJvm.Outcome outcome = ForkedJvm.on(jdk)
                .flags("-XX:StartFlightRecording:filename=" + recording)
                .runMain(SystemExitInCallbackProgram.class);
        assertThat(outcome.exitCode()).isEqualTo(SystemExitInCallbackProgram.EXIT_CODE);
        assertThat(RecordingFile.readAllEvents(recording))
                .filteredOn(event -> event.getEventType().getName().equals("corral.ContainerTotal"))
                .extracting(event -> event.getString("container"))
                .contains(SystemExitInCallbackProgram.CONTAINER);
    }
}
