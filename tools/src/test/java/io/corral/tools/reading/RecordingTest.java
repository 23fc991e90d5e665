package io.corral.tools.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.corral.tools.view.Rates;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import jdk.jfr.Event;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ls FILE} and {@code top -b FILE} read. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RecordingTest {

    private static final int SIZE_AT = 8;
    private static final long SECOND = 1_000_000_000;

    @TempDir
    private Path folder;

    @Test
    void ratesAreBetweenTheBeginningAndTheEnd() throws Exception {
        Path file = folder.resolve("r.jfr");
        try (jdk.jfr.Recording recording = new jdk.jfr.Recording()) {
            recording.start();
            Total.commit("/", 5 * SECOND);
            Total.commit("/old", 5 * SECOND);
            Create.commit("/new");
            Total.commit("/new", SECOND);
            Total.commit("/", 8 * SECOND);
            Total.commit("/new", 3 * SECOND);
            Total.commit("/old", 5 * SECOND);
            recording.stop();
            recording.dump(file);
        }
        Recording recording = Recording.open(file);
        Reading end = recording.read("main");
        Reading beginning = recording.first("main");
        Rates rates = Rates.between(beginning, end);
        assertThat(rates.seconds()).isPositive();
        assertThat(usedSeconds(rates, "/")).isCloseTo(3, within(1e-6));
        assertThat(usedSeconds(rates, "/old")).isZero();
        assertThat(usedSeconds(rates, "/new")).isCloseTo(3, within(1e-6));
        assertThatThrownBy(() -> recording.first("none"))
                .hasMessage(file + " has no hierarchy none; it has main");
    }

    @Test
    void recordingOfAKilledJvmEndsWithItsLastUsages() throws Exception {
        Path file = folder.resolve("killed.jfr");
        try (jdk.jfr.Recording recording = new jdk.jfr.Recording()) {
            recording.start();
            Total.commit("/", 5 * SECOND);
            Total.commit("/removed", SECOND);
            Create.commit("/new");
            LastUsage.commit("/removed", 2 * SECOND);
            Remove.commit("/removed");
            LastUsage.commit("/new", 3 * SECOND);
            LastUsage.commit("/", 9 * SECOND);
            recording.stop();
            recording.dump(file);
        }
        Recording recording = Recording.open(file);
        Reading end = recording.read("main");
        assertThat(end.rows()).extracting(Row::path).containsExactly("/", "/new");
        assertThat(end.rows()).extracting(Row::cpuNanos).containsExactly(9 * SECOND, 3 * SECOND);
        Rates rates = Rates.between(recording.first("main"), end);
        assertThat(usedSeconds(rates, "/")).isCloseTo(4, within(1e-6));
    }

    private static double usedSeconds(Rates rates, String path) {
        return rates.seconds()
                * rates.rows().stream()
                        .filter(rate -> rate.row().path().equals(path))
                        .findFirst()
                        .orElseThrow()
                        .cpus();
    }

    @Name("corral.ContainerUsage")
    @StackTrace(false)
    static final class LastUsage extends Event {
        String hierarchy = "main";
        String container;
        long totalCpuTime;
        long totalAllocated;
        long threads;
        long virtualThreads;
        long forks;
        long exits;

        static void commit(String container, long cpuTime) {
            LastUsage event = new LastUsage();
            event.container = container;
            event.totalCpuTime = cpuTime;
            event.commit();
        }
    }

    @Name("corral.ContainerRemove")
    @StackTrace(false)
    static final class Remove extends Event {
        String hierarchy = "main";
        String container;

        static void commit(String container) {
            Remove event = new Remove();
            event.container = container;
            event.commit();
        }
    }

    @Name("corral.ContainerTotal")
    @StackTrace(false)
    static final class Total extends Event {
        String hierarchy = "main";
        String container;
        long totalCpuTime;
        long totalAllocated;
        long threads;
        long virtualThreads;
        long forks;
        long exits;
        long totalQueuedTime;

        static void commit(String container, long cpuTime) {
            Total event = new Total();
            event.container = container;
            event.totalCpuTime = cpuTime;
            event.commit();
        }
    }

    @Name("corral.ContainerCreate")
    @StackTrace(false)
    static final class Create extends Event {
        String hierarchy = "main";
        String container;

        static void commit(String container) {
            Create event = new Create();
            event.container = container;
            event.commit();
        }
    }

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
