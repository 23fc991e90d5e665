package io.corral.report.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.corral.report.Report;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.Event;
import jdk.jfr.Recording;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recordings of which the JDK's parser can't read all, and for some of which it never ends. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WholeChunksTest {

    private static final int SIZE_AT = 8;
    private static final int METADATA_AT = 24;

    @TempDir
    private Path folder;

    private Path file;
    private long length;

    @BeforeEach
    void record() throws IOException {
        file = folder.resolve("r.jfr");
        try (Recording recording = new Recording()) {
            recording.start();
            new Mark().commit();
            recording.stop();
            recording.dump(file);
        }
        length = Files.size(file);
    }

    static final class Mark extends Event {}

    private void write(long at, long value) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            access.seek(at);
            access.writeLong(value);
        }
    }

    private void setLength(long bytes) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            access.setLength(bytes);
        }
    }

    private void assertRefused(String cause) {
        assertThatThrownBy(() -> Report.read(file))
                .isInstanceOf(IOException.class)
                .hasMessage(file + " can't be read as a flight recording: " + cause);
    }

    @Test
    void wholeChunksHaveNoFault() throws IOException {
        Files.write(file, Files.readAllBytes(file), StandardOpenOption.APPEND);
        assertThat(WholeChunks.of(file)).isEqualTo(new WholeChunks(2 * length, length, null));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 67, -1, Long.MIN_VALUE})
    void chunkSmallerThanItsHeaderIsRefused(long size) throws IOException {
        write(SIZE_AT, size);
        assertRefused(
                "the chunk at byte 0 is not finished or damaged: its header has the size " + size);
    }

    @Test
    void faultNamesTheDamagedChunk() throws IOException {
        Files.write(file, Files.readAllBytes(file), StandardOpenOption.APPEND);
        write(length + SIZE_AT, 0);
        assertThat(WholeChunks.of(file))
                .isEqualTo(new WholeChunks(
                        length,
                        0,
                        "the chunk at byte " + length
                                + " is not finished or damaged: its header has" + " the size 0"));
    }

    private void setUnfinished() throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            access.seek(WholeChunks.STATE_AT);
            access.write(7);
        }
    }

    private int events(List<String> faults) {
        int[] events = new int[1];
        faults.add(EventFile.read(file, event -> events[0]++));
        return events[0];
    }

    @Test
    void unfinishedChunkIsReadToItsEnd() throws IOException {
        List<String> faults = new ArrayList<>();
        int finished = events(faults);
        setUnfinished();
        assertThat(events(faults)).isPositive().isEqualTo(finished);
        assertThat(faults)
                .containsExactly(
                        null,
                        "the chunk at byte 0 is not finished: its JVM was killed, or still writes"
                                + " it");
    }

    @Test
    void unfinishedChunkWithoutMetadataIsRefused() throws IOException {
        write(METADATA_AT, 0);
        setUnfinished();
        assertRefused("the chunk at byte 0 is not finished or damaged: its header has no metadata");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 1_000_000})
    void missingBytesOfAChunkAreCounted(long missing) throws IOException {
        write(SIZE_AT, length + missing);
        assertRefused("the file ends within the chunk at byte 0: " + missing + " of its "
                + (length + missing) + " bytes are missing");
    }

    @Test
    void emptyFileIsRefused() throws IOException {
        setLength(0);
        assertRefused("the file is empty");
    }

    @Test
    void fileThatEndsWithinAHeaderIsRefused() throws IOException {
        setLength(67);
        assertRefused("the file ends within the header of the chunk at byte 0");
    }

    @Test
    void bytesAfterTheLastChunkAreAFault() throws IOException {
        Files.writeString(file, "more", StandardOpenOption.APPEND);
        assertThat(WholeChunks.of(file))
                .isEqualTo(new WholeChunks(length, 0, "there is no chunk at byte " + length));
    }
}
