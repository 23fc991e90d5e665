package io.corral.commands.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.corral.Usage;
import io.corral.commands.endpoint.OwnReading;
import io.corral.commands.reading.ProcessCpu;
import io.corral.commands.reading.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** From the own usage that JVMs export to the rates of containers over all JVMs. */
class ContainerSumsTest {

    private static final long SECOND = 1_000_000_000;
    private static final long UNKNOWN = Usage.UNKNOWN;

    @Test
    void rowHasTheUsageOfTheContainersBelowItInAllJvms() {
        List<Rate> rows = ContainerSums.ofAll(List.of(
                rates(
                        "a",
                        reading(0, own("/", 1), own("/t", 2), own("/t/x", 3), own("other", 4)),
                        reading(2, own("/", 2), own("/t", 2), own("/t/x", 5), own("other", 5))),
                rates(
                        "b",
                        reading(1, own("/", 1), own("/t/y", 6)),
                        reading(2, own("/", 1), own("/t/y", 7)))));
        assertThat(rows)
                .extracting(rate -> rate.row().path())
                .containsExactly("/", "/t", "/t/x", "/t/y", "other");
        assertRow(rows, "/", 2, 22, 0.5 + 1 + 0.5 + 1);
        assertRow(rows, "/t", 2, 14, 1 + 1);
        assertRow(rows, "/t/x", 1, 5, 1);
        assertRow(rows, "/t/y", 1, 7, 1);
        assertRow(rows, "other", 1, 5, 0.5);
    }

    @Test
    void containerOfWhichOnlyAChildIsExportedHasARow() {
        List<Rate> rows = ContainerSums.ofAll(
                List.of(rates("a", reading(0, own("/t/x", 1)), reading(1, own("/t/x", 2)))));
        assertRow(rows, "/t", 1, 2, 1);
    }

    @Test
    void ownThreadsOfTheJvmAreInNoOtherRow() {
        List<Rate> rows = ContainerSums.ofAll(List.of(rates(
                "a",
                new OwnReading("main", 0, 0, cpu(1), List.of(own("/", 1)), List.of(gc(1)), null),
                new OwnReading(
                        "main", 0, SECOND, cpu(9), List.of(own("/", 2)), List.of(gc(4)), null))));
        assertRow(rows, "/", 1, 2, 1);
        assertRow(rows, "/jvm/gc", 1, 4, 3);
        assertRow(ComputedRows.addedTo(rows), "JVM's native threads", 1, 4, 3);
    }

    @Test
    void eachJvmHasItsOwnComputedRows() {
        List<Rate> rows = ComputedRows.addedTo(ContainerSums.ofEach(List.of(
                rates(
                        "a",
                        reading(0, own("/", 1), own("/t", 1)),
                        reading(1, own("/", 2), own("/t", 3))),
                rates(
                        "b",
                        reading(0, own("/", 1), own("/t", 1)),
                        reading(1, own("/", 5), own("/t", 2))))));
        assertThat(rows)
                .extracting(Rate::key)
                .containsExactly("a/", "a/t", "b/", "b/t", "aitself", "bitself");
        assertThat(rows.get(4).cpus()).isCloseTo(1, within(1e-9));
        assertThat(rows.get(5).cpus()).isCloseTo(4, within(1e-9));
        assertThat(new Outline().rows(rows))
                .extracting(Rate::key)
                .containsExactly("b/", "bitself", "b/t", "a/", "a/t", "aitself");
    }

    @Test
    void removedContainersAreInTheTotalOfTheRootAndInNoRate() {
        JvmRates jvm = rates(
                "a",
                withRemoved(0, 5, own("/", 1), own("/t", 2)),
                // The container was removed: its last value is among those of the removed ones.
                withRemoved(1, 7, own("/", 2)));
        List<Rate> rows = ContainerSums.ofAll(List.of(jvm));
        assertThat(rows).extracting(rate -> rate.row().path()).containsExactly("/", "removed");
        assertRow(rows, "/", 1, 9, 1);
        assertThat(row(rows, "removed").row().cpuNanos()).isEqualTo(7 * SECOND);
        assertThat(row(rows, "removed").cpus()).isNaN();
    }

    @Test
    void restartedJvmBeginsAtZero() {
        OwnReading before = reading(0, own("/", 90), own("/t", 3));
        // The new process has used less than the old one, though this container has used more.
        OwnReading now = new OwnReading(
                "main",
                0,
                2 * SECOND,
                cpu(10),
                List.of(own("/", 5), own("/t", 4)),
                List.of(),
                null);
        JvmRates jvm = rates("a", before, now);
        List<Rate> rows = ContainerSums.ofAll(List.of(jvm));
        assertRow(rows, "/", 1, 9, 4.5);
        assertRow(rows, "/t", 1, 4, 2);
        assertThat(jvm.cpus(ProcessCpu::processNanos)).isCloseTo(5, within(1e-9));
    }

    @Test
    void containerThatWasRemovedAndCreatedAgainBeginsAtZeroAlone() {
        List<Rate> rows = ContainerSums.ofAll(List.of(rates(
                "a",
                reading(0, own("/", 90), own("/t", 8)),
                reading(1, own("/", 91), own("/t", 2)))));
        assertRow(rows, "/", 1, 93, 1 + 2);
        assertRow(rows, "/t", 1, 2, 2);
    }

    @Test
    void firstReadingHasNoRatesAndHidesNoOthers() {
        JvmRates first = rates("a", null, reading(9, own("/", 4), own("/t", 3)));
        assertThat(row(ContainerSums.ofAll(List.of(first)), "/").cpus()).isNaN();
        JvmRates second = rates("b", reading(0, own("/", 1)), reading(1, own("/", 2)));
        List<Rate> rows = ContainerSums.ofAll(List.of(first, second));
        assertRow(rows, "/", 2, 9, 1);
        assertThat(row(rows, "/t").cpus()).isNaN();
    }

    @Test
    void sumIsUnknownIfAPartIs() {
        Row unknown = Rows.unlimited(
                "/", SECOND, 1, 1, UNKNOWN, 1, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN);
        List<Rate> rows = ContainerSums.ofAll(List.of(
                rates("a", reading(0, own("/", 1)), reading(1, own("/", 2))),
                rates("b", reading(0, unknown), reading(1, unknown))));
        assertRow(rows, "/", 2, 3, 1);
        assertThat(row(rows, "/").queued()).isNaN();
        assertThat(row(rows, "/").queuedShareOfTotal()).isNaN();
        assertThat(row(rows, "/").row().queuedNanos()).isEqualTo(UNKNOWN);
    }

    @Test
    void eachJvmCanHaveRowsOfItsOwn() {
        List<Rate> rows = ContainerSums.ofEach(List.of(
                rates("a", reading(0, own("/t", 1)), reading(1, own("/t", 2))),
                rates("b", reading(0, own("/t", 1)), reading(1, own("/t", 4)))));
        assertThat(rows).extracting(Rate::key).containsExactly("a/", "a/t", "b/", "b/t");
        Outline outline = new Outline();
        outline.root("/t");
        assertThat(outline.rows(rows)).extracting(Rate::key).containsExactly("b/t", "a/t");
        outline.root("/");
        outline.rows(rows);
        outline.fold(rows.get(0), true);
        assertThat(outline.rows(rows)).extracting(Rate::key).containsExactly("b/", "b/t", "a/");
    }

    private static void assertRow(
            List<Rate> rows, String path, int jvms, long cpuSeconds, double cpus) {
        Rate rate = row(rows, path);
        assertThat(rate.jvms()).as(path).isEqualTo(jvms);
        assertThat(rate.row().cpuNanos()).as(path).isEqualTo(cpuSeconds * SECOND);
        assertThat(rate.cpus()).as(path).isCloseTo(cpus, within(1e-9));
    }

    private static Rate row(List<Rate> rows, String path) {
        return rows.stream()
                .filter(rate -> rate.row().path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    private static JvmRates rates(String jvm, @Nullable OwnReading before, OwnReading now) {
        return JvmRates.between(jvm, before, now);
    }

    private static OwnReading reading(long seconds, Row... own) {
        return new OwnReading(
                "main",
                seconds * 1_000_000,
                seconds * SECOND,
                cpu(100 + seconds),
                List.of(own),
                List.of(),
                null);
    }

    private static OwnReading withRemoved(long seconds, long removedSeconds, Row... own) {
        OwnReading reading = reading(seconds, own);
        return new OwnReading(
                "main",
                reading.timeMicros(),
                reading.nanoTime(),
                reading.process(),
                reading.containers(),
                List.of(),
                own("removed", removedSeconds));
    }

    private static ProcessCpu cpu(long seconds) {
        return new ProcessCpu(seconds * SECOND, 0, 0, 0, 0, 0);
    }

    private static Row own(String path, long cpuSeconds) {
        return Rows.unlimited(
                path, cpuSeconds * SECOND, cpuSeconds, 1, UNKNOWN, 1, UNKNOWN, cpuSeconds, 1, 0, 1);
    }

    private static Row gc(long cpuSeconds) {
        return Rows.unlimited(
                "/jvm/gc",
                cpuSeconds * SECOND,
                UNKNOWN,
                UNKNOWN,
                UNKNOWN,
                UNKNOWN,
                UNKNOWN,
                UNKNOWN,
                UNKNOWN,
                UNKNOWN,
                UNKNOWN);
    }
}
