package io.corral.commands.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.corral.commands.view.Rates;
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
            new Total().record("/", 5 * SECOND);
            new Total().record("/old", 5 * SECOND);
            new Create().commit("/new");
            new Total().record("/new", SECOND);
            new Total().record("/", 8 * SECOND);
            new Total().record("/new", 3 * SECOND);
            new Total().record("/old", 5 * SECOND);
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
            new Total().record("/", 5 * SECOND);
            new Total().record("/removed", SECOND);
            new Create().commit("/new");
            new LastUsage().record("/removed", 2 * SECOND);
            new Remove().commit("/removed");
            new LastUsage().record("/new", 3 * SECOND);
            new LastUsage().record("/", 9 * SECOND);
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

    @Test
    void removedContainerIsMissingAtTheEnd() throws Exception {
        Path file = folder.resolve("removed.jfr");
        try (jdk.jfr.Recording recording = new jdk.jfr.Recording()) {
            recording.start();
            new Total().record("/", 5 * SECOND);
            new Total().record("/removed", SECOND);
            new Total().record("/made-again", SECOND);
            new Remove().commit("/removed");
            new Remove().commit("/made-again");
            new LastUsage().record("/made-again", 2 * SECOND);
            new Total().record("/", 9 * SECOND);
            recording.stop();
            recording.dump(file);
        }
        Reading end = Recording.open(file).read("main");
        assertThat(end.rows()).extracting(Row::path).containsExactly("/", "/made-again");
        assertThat(end.rows()).extracting(Row::cpuNanos).containsExactly(9 * SECOND, 2 * SECOND);
    }

    @Test
    void estimateInARecordingOfAnEarlierVersionIsUnattributed() throws Exception {
        Path file = folder.resolve("earlier.jfr");
        try (jdk.jfr.Recording recording = new jdk.jfr.Recording()) {
            recording.start();
            new Total().record("/", 0);
            new EarlierReconciliation().commit();
            recording.stop();
            recording.dump(file);
        }
        ProcessCpu process = Recording.open(file).read("main").process();
        assertThat(process.unattributedNanos()).isEqualTo(20);
    }

    private static double usedSeconds(Rates rates, String path) {
        return rates.seconds()
                * rates.rows().stream()
                        .filter(rate -> rate.row().path().equals(path))
                        .findFirst()
                        .orElseThrow()
                        .cpus();
    }

    /** The fields that totals and usages share. */
    abstract static class Amounts extends Event {
        String hierarchy = "main";
        String container;
        long totalCpuTime;
        long totalAllocated;
        long threads;
        long virtualThreads;
        long forks;
        long exits;

        final void record(String container, long cpuTime) {
            this.container = container;
            totalCpuTime = cpuTime;
            commit();
        }
    }

    @Name("corral.ContainerUsage")
    @StackTrace(false)
    static final class LastUsage extends Amounts {}

    @Name("corral.ContainerRemove")
    @StackTrace(false)
    static final class Remove extends Change {}

    @Name("corral.ContainerTotal")
    @StackTrace(false)
    static final class Total extends Amounts {
        long totalQueuedTime;
    }

    /** The event of earlier versions, which has an estimate in addition. */
    @Name("corral.Reconciliation")
    @StackTrace(false)
    static final class EarlierReconciliation extends Event {
        long processCpuTime = 100;
        long containerCpuTime = 60;
        long vmCpuTime = 20;
        long teardownCpuTime = 15;
        long ownCpuTime = 1;
        long unattributedCpuTime = 5;
    }

    @Name("corral.ContainerCreate")
    @StackTrace(false)
    static final class Create extends Change {}

    abstract static class Change extends Event {
        String hierarchy = "main";
        String container;

        void commit(String container) {
            this.container = container;
            commit();
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
