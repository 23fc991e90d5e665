package io.corral.commands.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.corral.Usage;
import io.corral.commands.reading.ProcessCpu;
import io.corral.commands.reading.Reading;
import io.corral.commands.reading.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** From two readings to lines of text. */
class ViewTest {

    private static final long MILLI = 1_000_000;
    private static final long UNKNOWN = Usage.UNKNOWN;

    private final Outline outline = new Outline();

    @Test
    void rateIsTheDifferenceOfTwoReadingsPerSecond() {
        Rates rates = rates();
        Rate busy = rate(rates, "/a/busy");
        assertThat(busy.cpus()).isCloseTo(0.5, within(1e-9));
        assertThat(busy.bytesPerSecond()).isCloseTo(2048, within(1e-9));
        assertThat(rates.process()).isCloseTo(1, within(1e-9));
        assertThat(rates.gc()).isCloseTo(0.1, within(1e-9));
    }

    @Test
    void rateOfANewContainerIncludesItsWholeTotal() {
        assertThat(rate(rates(), "/new").cpus()).isCloseTo(0.05, within(1e-9));
    }

    @Test
    void barIsAShareOfAllContainersIfTheProcessClockHasNotMoved() {
        Reading before = new Reading(
                "main",
                0,
                new ProcessCpu(0, 0, 0, 0, 0, 0),
                List.of(row("/", 0, 0), row("/a", 0, 0)));
        Reading now = new Reading(
                "main",
                1_000_000,
                new ProcessCpu(0, 4 * MILLI, 0, 0, 0, 0),
                List.of(row("/", 4 * MILLI, 0), row("/a", MILLI, 0)));
        Rates rates = Rates.between(before, now);
        assertThat(rates.process()).isZero();
        assertThat(rates.shareOf(rate(rates, "/"))).isCloseTo(1, within(1e-9));
        assertThat(rates.shareOf(rate(rates, "/a"))).isCloseTo(0.25, within(1e-9));
    }

    @Test
    void firstReadingHasNoRates() {
        Rates rates = Rates.between(null, reading(0, List.of(row("/", 5, 5))));
        assertThat(rates.rows().get(0).cpus()).isNaN();
        Table table = new Table(List.of(Column.CPU, Column.BAR), 80);
        assertThat(table.line(rates, rates.rows().get(0), false)).contains(" - ");
    }

    @Test
    void summaryBeforeTheFirstRatesSaysWhenTheyCome() {
        assertThat(Summary.beforeRates(Duration.ofMillis(2_500), 80))
                .isEqualTo("waiting 2.5 s for the second reading, which has the rates");
        assertThat(Summary.beforeRates(Duration.ofSeconds(1), 40))
                .isEqualTo("waiting 1 s for the second reading");
    }

    @Test
    void queuedShareIsQueuedTimeOfTheSumWithCpuTime() {
        Row before = Rows.unlimited("/", 100 * MILLI, 0, 1, 2, 3, 2, 0, 0, 0, UNKNOWN);
        Row now = Rows.unlimited("/", 400 * MILLI, 0, 1, 2, 3, 2, 100 * MILLI, 40, 10, UNKNOWN);
        Rates rates = Rates.between(reading(0, List.of(before)), reading(2_000_000, List.of(now)));
        Rate rate = rates.rows().get(0);
        assertThat(rate.queued()).isCloseTo(0.05, within(1e-9));
        assertThat(rate.queuedShare()).isCloseTo(0.25, within(1e-9));
        assertThat(rate.queuedShareOfTotal()).isCloseTo(0.2, within(1e-9));
        // 40 waits have ended and 10 have not.
        assertThat(rate.meanWaitNanos()).isCloseTo(2 * MILLI, within(1e-3));
        assertThat(rate.meanWaitNanosOfTotal()).isCloseTo(2 * MILLI, within(1e-3));
    }

    @Test
    void columnOfQueuedTimeIsOmittedIfNotMeasured() {
        Rates rates = rates();
        assertThat(rates.rows().get(0).queuedShare()).isNaN();
        assertThat(Column.available(List.of(Column.QUEUED, Column.WAIT, Column.CPU), rates))
                .containsExactly(Column.CPU);
    }

    @Test
    void gcTimeIsDividedInProportionToAllocation() {
        Rates rates = rates();
        Rate busy = rate(rates, "/a/busy");
        assertThat(busy.gcCpus()).isCloseTo(0.1 * 4096 / 9000, within(1e-9));
        assertThat(busy.row().gcEstimatedNanos()).isEqualTo(200 * MILLI * 5120 / 9000);
        assertThat(rate(rates, "/a/idle").gcCpus()).isZero();
        assertThat(rate(rates, "/jvm/gc").gcCpus()).isNaN();
        assertThat(rates.rows().get(0).gcCpus()).isCloseTo(0.1, within(1e-9));
    }

    @Test
    void gcEstimateIsUnknownIfGcTimeIsUnknown() {
        Rates rates = Rates.between(
                reading(0, List.of(row("/", 0, 0))), reading(2_000_000, List.of(row("/", 1, 1))));
        assertThat(rates.gc()).isNaN();
        assertThat(rates.rows().get(0).row().gcEstimatedNanos()).isEqualTo(UNKNOWN);
    }

    @Test
    void siblingsAreSortedBelowTheirParent() {
        assertThat(paths())
                .containsExactly(
                        "/",
                        "/a",
                        "/a/busy",
                        "/a/idle",
                        "/jvm",
                        "/new",
                        "itself",
                        "JVM's native threads",
                        "/jvm/gc");
        outline.order(Order.NAME);
        assertThat(paths()).startsWith("/", "/a", "/a/busy", "/a/idle", "/jvm");
    }

    @Test
    void nativeThreadsAreBelowNoContainer() {
        Rates rates = rates();
        Table table = new Table(List.of(Column.TIME), 50);
        assertThat(outline.rows(rates.rows()).stream()
                        .skip(7)
                        .map(rate -> table.line(rates, rate, false).replaceAll(" +", " ")))
                .containsExactly("JVM's native threads 0.20s", " gc 0.20s");
        assertThat(rate(rates, "JVM's native threads").cpus()).isCloseTo(0.1, within(1e-9));
        outline.root("/jvm");
        assertThat(paths()).containsExactly("/jvm", "JVM's native threads", "/jvm/gc");
        outline.root("/a");
        assertThat(paths()).containsExactly("/a", "/a/busy", "/a/idle");
        outline.root("/");
        outline.filter("gc");
        assertThat(paths()).containsExactly("/", "JVM's native threads", "/jvm/gc");
        outline.filter("busy");
        assertThat(paths()).containsExactly("/", "/a", "/a/busy");
    }

    @Test
    void rowsBelowTheRootAddUpToIt() {
        Reading before = reading(0, List.of(row("/", 100, 0), row("/a", 0, 0)));
        Reading now = reading(
                1_000_000,
                List.of(
                        row("/", 1_000 * MILLI + 100, 30),
                        row("/a", 700 * MILLI, 10),
                        row("/a/deep", 600 * MILLI, 5),
                        row("/jvm/gc", 50 * MILLI, UNKNOWN)));
        Rates rates = Rates.between(before, now);
        Rate itself = rate(rates, "itself");
        assertThat(itself.row().cpuNanos()).isEqualTo(300 * MILLI + 100);
        assertThat(itself.row().allocatedBytes()).isEqualTo(20);
        assertThat(itself.row().queuedNanos()).isEqualTo(UNKNOWN);
        assertThat(itself.cpus()).isCloseTo(0.3, within(1e-9));
        assertThat(new Table(List.of(Column.TIME), 50).line(rates, itself, false))
                .startsWith("  (itself) ");
        assertThat(Rates.between(null, reading(0, List.of(row("/", 5, 5)))).rows())
                .hasSize(1);
    }

    @Test
    void computedRowsAreNotInTheJson() throws IOException {
        assertThat(Json.of("JVM 1", rates(), outline.rows(rates().rows())))
                .contains("\"path\":\"/jvm/gc\"")
                .doesNotContain("itself", "native");
    }

    @Test
    void foldedContainerHidesItsChildren() {
        paths();
        outline.fold(rate(rates(), "/a"), true);
        assertThat(paths()).contains("/a", "/new").doesNotContain("/a/busy", "/a/idle");
        assertThat(outline.isFolded(rate(rates(), "/a"))).isTrue();
        outline.fold(rate(rates(), "/a"), false);
        outline.depth(1);
        assertThat(paths()).contains("/a", "/new").doesNotContain("/a/busy", "/a/idle");
    }

    @Test
    void containerWithoutChildrenCannotBeFolded() {
        paths();
        outline.fold(rate(rates(), "/a/busy"), true);
        assertThat(paths()).contains("/a/busy");
        assertThat(outline.isFolded(rate(rates(), "/a/busy"))).isFalse();
    }

    @Test
    void filterKeepsTheParentsOfAMatch() {
        outline.filter("BUS");
        assertThat(paths()).containsExactly("/", "/a", "/a/busy");
    }

    @Test
    void outlineShowsItsRootAndTheContainersBelow() {
        outline.root("/a");
        assertThat(paths()).containsExactly("/a", "/a/busy", "/a/idle");
        outline.root("/none");
        assertThat(paths()).isEmpty();
    }

    @Test
    void lineHasTheWidthOfTheTerminal() {
        Rates rates = rates();
        List<Column> all = List.of(Column.values());
        for (int width : List.of(30, 40, 80, 200)) {
            Table table = new Table(all, width);
            assertThat(table.header()).hasSize(width);
            for (Rate rate : rates.rows()) {
                assertThat(table.line(rates, rate, true)).hasSize(width);
            }
        }
    }

    @Test
    void columnsStandNextToTheNamesOnAWideTerminal() {
        Rates rates = rates();
        List<Column> cpu = List.of(Column.CPU);
        assertThat(Table.closeTo(rates.rows(), cpu, 200).header()).hasSize(40 + 1 + 7);
        assertThat(Table.closeTo(rates.rows(), cpu, 40).header()).hasSize(40);
        String name = "n".repeat(40);
        Rates deep =
                Rates.between(null, reading(0, List.of(row("/", 5, 5), row("/" + name, 5, 5))));
        Table wide = Table.closeTo(deep.rows(), cpu, 200);
        assertThat(wide.header()).hasSize(50 + 1 + 7);
        assertThat(wide.line(deep, deep.rows().get(1), true)).contains(name + " [+]");
    }

    @Test
    void pageDocumentsEachKeyOfTheJson() throws IOException {
        Row before = Rows.unlimited("/", 0, 1, 1, 2, 3, 2, 0, 0, 0, UNKNOWN);
        Row now = Rows.unlimited("/", MILLI, 2, 1, 2, 4, 3, MILLI, 1, 1, UNKNOWN);
        ProcessCpu none = new ProcessCpu(0, 0, 0, 0, 0, 0);
        ProcessCpu some = new ProcessCpu(2, 1, 1, 1, 1, 1);
        Rates rates = Rates.between(
                new Reading("main", 0, none, List.of(before)),
                new Reading("main", 1_000_000, some, List.of(now)));
        String page = Files.readString(Path.of("../..", "docs", "top.md"));
        Matcher key = Pattern.compile("\"(\\w+)\":").matcher(Json.of("JVM 1", rates, rates.rows()));
        Set<String> keys = new TreeSet<>();
        while (key.find()) {
            keys.add('`' + key.group(1) + '`');
        }
        assertThat(keys).hasSize(29);
        assertThat(page).contains(keys);
    }

    @Test
    void summaryOmitsPartsThatDoNotFit() {
        Rates rates = rates();
        assertThat(Summary.of(rates, 200))
                .isEqualTo("process 100.0%, containers 65.0% (Corral 0.0%), gc 10.0%, jit -%,"
                        + " unattributed 1.0%");
        assertThat(Summary.of(rates, 80))
                .isEqualTo("process 100.0%, containers 65.0% (Corral 0.0%), gc 10.0%, jit -%");
        assertThat(Summary.of(rates, 40)).isEqualTo("process 100.0%, containers 65.0%");
        assertThat(Summary.of(rates, 5)).isEqualTo("process 100.0%");
    }

    @Test
    void longNameIsShortenedInTheMiddle() {
        assertThat(FittedText.shortened("http-nio-8080-exec", 11)).isEqualTo("http...exec");
        assertThat(FittedText.shortened("\ud83d\ude00\ud83d\ude00", 2)).isEqualTo("...");
    }

    @Test
    void wideCharactersTakeTwoColumns() {
        assertThat(FittedText.shortened("\u4e2d\u6587", 4)).isEqualTo("\u4e2d\u6587");
        assertThat(FittedText.shortened("\u4e2d\u6587\u5bb9\u5668", 7))
                .isEqualTo("\u4e2d...\u5668");
        Rates rates = Rates.between(null, reading(0, List.of(row("/\u4e2d", 1, 1))));
        assertThat(new Table(List.of(), 40).line(rates, rates.rows().get(0), false))
                .hasSize(39);
    }

    @Test
    void charactersThatChangeTheScreenAreEscaped() {
        Row row = row("/a\u001b[31m\u202e", 1, 1);
        Rates rates = Rates.between(null, reading(0, List.of(row)));
        String line = new Table(List.of(), 60).line(rates, rates.rows().get(0), false);
        assertThat(line).contains("a\\u001b[31m\\u202e").doesNotContain("\u001b");
    }

    @Test
    void numbersAreRoundedAndHaveUnits() {
        assertThat(Numbers.time(1_234_000_000L)).isEqualTo("1.23s");
        assertThat(Numbers.time(125_000_000_000L)).isEqualTo("2m05s");
        assertThat(Numbers.time(7_260_000_000_000L)).isEqualTo("2h01m");
        assertThat(Numbers.duration(31_000)).isEqualTo("0.03ms");
        assertThat(Numbers.duration(31_000_000)).isEqualTo("31ms");
        assertThat(Numbers.duration(3_100_000_000L)).isEqualTo("3.10s");
        assertThat(Numbers.duration(Double.NaN)).isEqualTo("-");
        assertThat(Numbers.bytes(999L)).isEqualTo("999 B");
        assertThat(Numbers.bytes(1000L)).isEqualTo("1.0 KiB");
        assertThat(Numbers.bytes(UNKNOWN)).isEqualTo("-");
        assertThat(Numbers.share(1, 8)).isEqualTo("12.5");
        assertThat(Numbers.percent(-0.0004)).isEqualTo("0.0");
        assertThat(Numbers.percent(-0.0126)).isEqualTo("-1.3");
    }

    private List<String> paths() {
        return outline.rows(rates().rows()).stream()
                .map(rate -> rate.row().path())
                .toList();
    }

    private static Rate rate(Rates rates, String path) {
        return rates.rows().stream()
                .filter(rate -> rate.row().path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    /** What was used in two seconds. */
    private static Rates rates() {
        Reading before = reading(
                0,
                List.of(
                        row("/", 0, 0),
                        row("/a", 0, 0),
                        row("/a/busy", 100 * MILLI, 1024),
                        row("/a/idle", 100 * MILLI, 0),
                        row("/jvm", 0, 0),
                        row("/jvm/gc", 0, UNKNOWN)));
        Reading now = reading(
                2_000_000,
                List.of(
                        row("/", 1_300 * MILLI, 9000),
                        row("/a", 1_000 * MILLI, 5120),
                        row("/a/busy", 1_100 * MILLI, 5120),
                        row("/a/idle", 100 * MILLI, 0),
                        row("/jvm", 200 * MILLI, 0),
                        row("/jvm/gc", 200 * MILLI, UNKNOWN),
                        row("/new", 100 * MILLI, 0)));
        return Rates.between(before, now);
    }

    private static Reading reading(long micros, List<Row> rows) {
        long gc = rows.stream()
                .filter(row -> row.path().equals("/jvm/gc"))
                .mapToLong(Row::cpuNanos)
                .findFirst()
                .orElse(UNKNOWN);
        ProcessCpu cpu = new ProcessCpu(micros * 1000, micros * 990, 0, gc, UNKNOWN, 0);
        return new Reading("main", micros, cpu, rows);
    }

    private static Row row(String path, long cpuNanos, long bytes) {
        return Rows.unlimited(
                path, cpuNanos, bytes, 1, 2, 3, 2, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN);
    }
}
