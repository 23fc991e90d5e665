package io.corral.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageTest {

    private static final Machine MACHINE = new Machine("Some CPU", 2, 8L << 30, "Linux 6.1");
    private static final Machine OTHER_MACHINE = new Machine("Other CPU", 4, 8L << 30, "Linux 6.1");
    private static final Jdk JDK_17 = new Jdk(null, "17.0.9+9");
    private static final Jdk JDK_25 = new Jdk(null, "25.0.3+9-LTS");
    private static final Jdk JDK_21 = new Jdk(null, "21.0.5+11-LTS");

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("performance.md");
    }

    @Test
    void whatIsOutsideTheMarkersIsKept() throws IOException {
        Files.writeString(
                file, "# Title\n\n" + Page.BEGIN + "\noutdated\n" + Page.END + "\n\nEnd\n");

        new Page(file).write(List.of(report("./corral bench", "2026-07-30", turn(JDK_21, 250))));

        assertThat(Files.readString(file))
                .startsWith("# Title\n\n" + Page.BEGIN + "\n")
                .endsWith("\n" + Page.END + "\n\nEnd\n")
                .contains("| yield | 250 ns (250 to 250) holds | 300 ns |")
                .doesNotContain("outdated");
    }

    @Test
    void writingTwiceIsAsWritingOnce() throws IOException {
        Files.writeString(file, Page.BEGIN + Page.END);
        List<Report> reports = List.of(report("./corral bench", "2026-07-30", turn(JDK_21, 250)));
        new Page(file).write(reports);
        String once = Files.readString(file);

        new Page(file).write(reports);

        assertThat(Files.readString(file)).isEqualTo(once);
    }

    @Test
    void pageWithoutMarkersIsRefusedAndKept() throws IOException {
        Files.writeString(file, "# Title\n");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Page(file).write(List.of()))
                .withMessageContaining(Page.BEGIN);
        assertThat(Files.readString(file)).isEqualTo("# Title\n");
    }

    @Test
    void machineCommandDateAndJdkComeBehindTheTables() {
        Report report = report("./corral bench", "2026-07-30", turn(JDK_21, 250));
        Report elsewhere = report(
                OTHER_MACHINE,
                Topic.MICRO,
                "./corral bench --quick",
                "2026-08-01",
                turn(JDK_17, 90));

        assertThat(Page.generated(List.of(report, elsewhere))).isEqualTo("""
                        ### Hooks and scopes

                        | what | JDK 17 | JDK 21 | budget |
                        | --- | ---: | ---: | --- |
                        | yield | 90.0 ns (90.0 to 90.0) holds | 250 ns (250 to 250) holds | 300 ns |

                        ### Measured by

                        On Some CPU, 2 cores, 8.0 GiB of memory, Linux 6.1:

                        - 2026-07-30: `./corral bench`, on JDK 21.0.5+11-LTS

                        On Other CPU, 4 cores, 8.0 GiB of memory, Linux 6.1:

                        - 2026-08-01: `./corral bench --quick`, on JDK 17.0.9+9
                        """);
    }

    @Test
    void whatIsMissedOrNotResolvedComesBeforeAllTablesOnAllItsJdks() {
        Row unresolved = Row.atMost(300, "park", JDK_25, Sample.of(290, 290, 310), "ns");
        Row shown = Row.shown("life", JDK_17, Sample.of(200, 200, 200), "ns");
        Report hooks = report(
                "./corral bench",
                "2026-07-30",
                unresolved,
                turn(JDK_25, 250),
                turn(JDK_17, 310),
                shown);
        Row slow = Row.atMost(10, "hello", JDK_21, Sample.of(11, 12, 13), "ms");
        Report starts = report(MACHINE, Topic.STARTUP, "./corral bench", "2026-07-30", slow);

        assertThat(Page.generated(List.of(starts, hooks))).startsWith("""
                        ### Missed or not resolved

                        | table | what | JDK 17 | JDK 21 | JDK 25 | budget |
                        | --- | --- | ---: | ---: | ---: | --- |
                        | Hooks and scopes | park |  |  | 290 ns (290 to 310) unresolved | 300 ns |
                        | Hooks and scopes | yield | 310 ns (310 to 310) does not hold |  | 250 ns (250 to 250) holds | 300 ns |
                        | Start of a JVM | hello |  | 12.0 ms (11.0 to 13.0) does not hold |  | 10.0 ms |

                        ### Hooks and scopes

                        | what | JDK 17 | JDK 25 | budget |
                        | --- | ---: | ---: | --- |
                        | park |  | 290 ns (290 to 310) unresolved | 300 ns |
                        | yield | 310 ns (310 to 310) does not hold | 250 ns (250 to 250) holds | 300 ns |
                        | life | 200 ns (200 to 200) |  |  |

                        ### Start of a JVM

                        | what | JDK 21 | budget |
                        | --- | ---: | --- |
                        | hello | 12.0 ms (11.0 to 13.0) does not hold | 10.0 ms |

                        ### Measured by
                        """);
    }

    @Test
    void nothingIsMadeOfNothing() {
        assertThat(Page.generated(List.of())).isEmpty();
    }

    @Test
    void commandThatWasRunTwiceIsThereTwice() {
        Report report = report("./corral bench", "2026-07-30", turn(JDK_21, 250));

        assertThat(Page.generated(List.of(report, report)))
                .endsWith("- 2026-07-30: `./corral bench`, on JDK 21.0.5+11-LTS\n".repeat(2));
    }

    @Test
    void rowsOfSeveralFilesStandSideBySideAndTheLastCounts() {
        Report first = report("./corral bench", "2026-07-30", turn(JDK_21, 250), turn(JDK_17, 170));
        Report again = report("./corral bench --only micro", "2026-07-31", turn(JDK_21, 260));

        assertThat(Page.generated(List.of(first, again)).lines())
                .contains("- 2026-07-30: `./corral bench`, on JDK 21.0.5+11-LTS, 17.0.9+9")
                .contains("- 2026-07-31: `./corral bench --only micro`, on JDK 21.0.5+11-LTS")
                .contains(
                        "| yield | 170 ns (170 to 170) holds | 260 ns (260 to 260) holds | 300 ns |")
                .noneMatch(line -> line.contains("250 ns"));
    }

    @Test
    void whatHasNoBudgetHasNoVerdictAndOneRunNoInterval() {
        assertThat(Page.generated(List.of(report(
                                "./corral bench",
                                "2026-07-30",
                                Row.shown("life", JDK_21, Sample.of(200), "ns"))))
                        .lines())
                .contains("| life | 200 ns (one run) |  |");
    }

    @Test
    void budgetsThatDifferFromJdkToJdkAreSaidOfEach() {
        Row on17 = Row.atMost(40, "hello", JDK_17, Sample.of(39, 39, 39), "ms");
        Row on21 = Row.atMost(60, "hello", JDK_21, Sample.of(50, 50, 50), "ms");
        Row twin = Row.atMost(40, "twin", JDK_17, Sample.of(39, 39, 39), "ms");
        Row shown = Row.shown("twin", JDK_21, Sample.of(50, 50, 50), "ms");

        assertThat(Page.generated(List.of(
                                report("./corral bench", "2026-07-30", on17, on21, twin, shown)))
                        .lines())
                .contains(
                        "| hello | 39.0 ms (39.0 to 39.0) holds | 50.0 ms (50.0 to 50.0) holds | 17: 40.0 ms; 21: 60.0 ms |",
                        "| twin | 39.0 ms (39.0 to 39.0) holds | 50.0 ms (50.0 to 50.0) | 17: 40.0 ms |");
    }

    @Test
    void runsThatAreTakenTogetherAreOneLongerRun() {
        Report first = report(
                "CORRAL_BENCH_SCOPES=3 ./corral bench",
                "2026-07-30",
                turn(JDK_21, 310),
                turn(JDK_17, 170));
        Report again =
                report("CORRAL_BENCH_SCOPES=9 ./corral bench", "2026-07-31", turn(JDK_21, 200));

        List<Report> together = Report.together(List.of(first, again));

        assertThat(together.get(1).lines().get(0).row().figure().values())
                .containsExactly(310.0, 310.0, 310.0, 200.0, 200.0, 200.0);
        assertThat(Page.generated(together).lines())
                .contains("- 2026-07-31: `CORRAL_BENCH_SCOPES=9 ./corral bench`, on JDK"
                        + " 21.0.5+11-LTS")
                .contains(
                        "| yield | 170 ns (170 to 170) holds | 255 ns (200 to 310) unresolved | 300 ns |");
    }

    @Test
    void whatIsNotOneRunIsNotTakenTogether() {
        Report first = report("./corral bench", "2026-07-30", turn(JDK_21, 310));
        Report quick = report("./corral bench --quick", "2026-07-31", turn(JDK_21, 200));
        Report elsewhere = report(
                OTHER_MACHINE, Topic.MICRO, "./corral bench", "2026-08-01", turn(JDK_21, 90));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Report.together(List.of(first, quick)))
                .withMessageContaining("two ways", "./corral bench; ./corral bench --quick");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Report.together(List.of(first, elsewhere)))
                .withMessageContaining("two machines");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Report.together(List.of(first, first)))
                .withMessage("the runs of 2026-07-30, ./corral bench, are there twice");
    }

    @Test
    void fileOfJsonGivesTheSamePage() throws IOException {
        List<Report> reports = List.of(report(
                "./corral bench --quick",
                "2026-07-30",
                turn(JDK_17, 170.125),
                Row.atLeast(8, "by hand", JDK_17, Sample.of(9, 9.5, 10), "x"),
                Row.shown("shown", JDK_17, Sample.of(1, 2), "ns")));
        Path json = folder.resolve("runs.json");

        new ReportFile(json).write(reports);

        assertThat(new ReportFile(json).read()).isEqualTo(reports);
    }

    @Test
    void otherFilesAreRefused() throws IOException {
        for (String text : List.of("", "# Title", "{}", "[1]", "[{\"rows\": []}]")) {
            Files.writeString(file, text);

            assertThatIllegalArgumentException()
                    .as(text)
                    .isThrownBy(() -> new ReportFile(file).read())
                    .withMessageContaining("performance.md is no file of corral bench --json");
        }
    }

    private static Row turn(Jdk jdk, double nanos) {
        return Row.atMost(300, "yield", jdk, Sample.of(nanos, nanos, nanos), "ns");
    }

    private static Report report(String command, String date, Row... rows) {
        return report(MACHINE, Topic.MICRO, command, date, rows);
    }

    private static Report report(
            Machine machine, Topic topic, String command, String date, Row... rows) {
        return new Report(
                command,
                date,
                machine,
                Stream.of(rows).map(row -> new Report.Line(topic, row)).toList());
    }
}
