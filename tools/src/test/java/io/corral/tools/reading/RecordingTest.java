package io.corral.tools.reading;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ls FILE} and {@code top -b FILE} read. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RecordingTest {

    private static final int SIZE_AT = 8;

    @TempDir
    private Path folder;

    @Test
    void chunkOfSizeZeroIsRefused() throws IOException {
        Path file = folder.resolve("r.jfr");
        try (jdk.jfr.Recording recording = new jdk.jfr.Recording()) {
            recording.start();
            recording.stop();
            recording.dump(file);
        }
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            access.seek(SIZE_AT);
            access.writeLong(0);
        }
        assertThatThrownBy(() -> Recording.open(file))
                .isInstanceOf(IOException.class)
                .hasMessage(file + " can't be read as a flight recording: the chunk at byte 0 is"
                        + " not finished or damaged: its header has the size 0");
    }
}
