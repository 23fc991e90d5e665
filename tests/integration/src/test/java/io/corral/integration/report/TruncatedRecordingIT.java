package io.corral.integration.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import io.corral.integration.harness.ToolCommand;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Recordings of which the end is missing, as after an upload that broke off. */
class TruncatedRecordingIT {

    private static final String FILE = "cut.jfr";
    private static final int SIZE_AT = 8;

    @TempDir
    Path folder;

    static Stream<Jdk> jdks() {
        return Jdk.eachInFullRun().stream();
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("jdks")
    void recordingWithoutACompleteChunkIsRefused(Jdk jdk) throws IOException {
        byte[] whole = record(jdk, "-version");
        int left = (int) (whole.length * 0.6);
        Files.write(folder.resolve(FILE), Arrays.copyOf(whole, left));
        String line =
                "corral: cut.jfr can't be read as a flight recording: the file ends within the"
                        + " chunk at byte 0: " + (whole.length - left) + " of its " + whole.length
                        + " bytes are missing";
        for (ForkedJvm.Outcome outcome : new ForkedJvm.Outcome[] {
            run(jdk, "report", FILE), run(jdk, "ls", FILE), run(jdk, "top", "-b", FILE)
        }) {
            assertThat(outcome.errLines()).containsExactly(line);
            assertThat(outcome.out()).isEmpty();
            assertThat(outcome.exitCode()).isEqualTo(1);
        }
        assertThat(folder.resolve("cut.html")).doesNotExist();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void recordingWithATruncatedLastChunkIsShownUpToIt(Jdk jdk) throws IOException {
        byte[] whole = record(jdk, "-cp", ForkedJvm.classPath(), ChunksProgram.class.getName());
        int last = lastChunk(whole);
        int size = whole.length - last;
        Files.write(folder.resolve(FILE), Arrays.copyOf(whole, last + size / 2));
        String line = "corral: cut.jfr is damaged, and only what could be read is shown: the file"
                + " ends within the chunk at byte " + last + ": " + (size - size / 2) + " of its "
                + size + " bytes are missing";

        ForkedJvm.Outcome report = run(jdk, "report", FILE);
        assertAnswered(report, line);
        assertThat(report.out())
                .isEqualTo("the report is " + folder.resolve("cut.html") + System.lineSeparator());
        assertThat(ReportPage.read(folder.resolve("cut.html")).cpuMicros())
                .containsKey("/" + ChunksProgram.FIRST);
        for (ForkedJvm.Outcome table :
                new ForkedJvm.Outcome[] {run(jdk, "ls", FILE), run(jdk, "top", "-b", FILE)}) {
            assertAnswered(table, line);
            assertThat(table.out()).containsPattern("(?m)^  " + ChunksProgram.FIRST + " ");
        }
    }

    private static void assertAnswered(ForkedJvm.Outcome outcome, String line) {
        assertThat(outcome.errLines()).containsExactly(line);
        assertThat(outcome.exitCode()).isZero();
    }

    private byte[] record(Jdk jdk, String... words) throws IOException {
        Path file = folder.resolve("whole.jfr");
        ForkedJvm.Outcome outcome = ForkedJvm.on(jdk)
                .flags("-XX:StartFlightRecording:filename=" + file)
                .run(words);
        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        return Files.readAllBytes(file);
    }

    /** Where the last chunk begins. */
    private static int lastChunk(byte[] recording) {
        int last = 0;
        int next = 0;
        while (next < recording.length) {
            last = next;
            next += (int) ByteBuffer.wrap(recording).getLong(next + SIZE_AT);
        }
        assertThat(last).as("several chunks").isPositive();
        return last;
    }

    private ForkedJvm.Outcome run(Jdk jdk, String command, String... words) {
        return new ToolCommand(jdk, folder).run(command, words);
    }
}
