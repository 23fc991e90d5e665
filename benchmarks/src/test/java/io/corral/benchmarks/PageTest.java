package io.corral.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageTest {

    private static final Machine MACHINE = new Machine("Some CPU", 2, 8L << 30, "Linux 6.1");
    private static final Jdk JDK_17 = new Jdk(null, "17.0.9+9");
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
                .contains("| yield | 21 | 250 ns | 250 - 250 | 300 ns | holds |")
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
    void machineCommandDateAndJdkComeFirst() {
        assertThat(Page.generated(
                        List.of(report("./corral bench", "2026-07-30", turn(JDK_21, 250)))))
                .isEqualTo("""
                        Measured on Some CPU, 2 cores, 8.0 GiB of memory, Linux 6.1:

                        - 2026-07-30: `./corral bench`, on JDK 21.0.5+11-LTS

                        ### Hooks and scopes

                        | what | JDK | median | 95 % interval | budget | |
                        | --- | ---: | ---: | ---: | ---: | --- |
                        | yield | 21 | 250 ns | 250 - 250 | 300 ns | holds |
                        """);
    }

    @Test
    void whatIsMissedOrNotResolvedComesBeforeAllTables() {
        Row missed = turn(JDK_17, 310);
        Row unresolved = Row.atMost(300, "park", JDK_21, Sample.of(290, 290, 310), "ns");
        Row shown = Row.shown("life", JDK_21, Sample.of(200, 200, 200), "ns");
        Row slow = Row.atMost(10, "hello", JDK_17, Sample.of(11, 12, 13), "ms");
        Report hooks = report(
                "./corral bench", "2026-07-30", turn(JDK_21, 250), missed, unresolved, shown);
        Report starts = new Report(
                "./corral bench",
                "2026-07-30",
                MACHINE,
                List.of(new Report.Line(Topic.STARTUP, slow)));

        assertThat(Page.generated(List.of(starts, hooks))).contains("""

                        ### Missed or not resolved

                        | table | what | JDK | median | 95 % interval | budget | |
                        | --- | --- | ---: | ---: | ---: | ---: | --- |
                        | Hooks and scopes | yield | 17 | 310 ns | 310 - 310 | 300 ns | does not hold |
                        | Hooks and scopes | park | 21 | 290 ns | 290 - 310 | 300 ns | unresolved |
                        | Start of a JVM | hello | 17 | 12.0 ms | 11.0 - 13.0 | 10.0 ms | does not hold |

                        ### Hooks and scopes
                        """);
    }

    @Test
    void rowsOfSeveralFilesStandSideBySideAndTheLastCounts() {
        Report first = report("./corral bench", "2026-07-30", turn(JDK_21, 250), turn(JDK_17, 170));
        Report again = report("./corral bench --only micro", "2026-07-31", turn(JDK_21, 260));

        assertThat(Page.generated(List.of(first, again)).lines())
                .contains("- 2026-07-30: `./corral bench`, on JDK 21.0.5+11-LTS, 17.0.9+9")
                .contains("- 2026-07-31: `./corral bench --only micro`, on JDK 21.0.5+11-LTS")
                .containsSubsequence(
                        "| yield | 17 | 170 ns | 170 - 170 | 300 ns | holds |",
                        "| yield | 21 | 260 ns | 260 - 260 | 300 ns | holds |")
                .noneMatch(line -> line.contains("250 ns"));
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
                .containsSubsequence(
                        "| yield | 17 | 170 ns | 170 - 170 | 300 ns | holds |",
                        "| yield | 21 | 255 ns | 200 - 310 | 300 ns | unresolved |");
    }

    @Test
    void whatIsNotOneRunIsNotTakenTogether() {
        Report first = report("./corral bench", "2026-07-30", turn(JDK_21, 310));
        Report quick = report("./corral bench --quick", "2026-07-31", turn(JDK_21, 200));
        Report elsewhere = new Report(
                "./corral bench",
                "2026-08-01",
                new Machine("Other CPU", 4, 8L << 30, "Linux 6.1"),
                List.of(new Report.Line(Topic.MICRO, turn(JDK_21, 90))));

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
        return new Report(
                command,
                date,
                MACHINE,
                List.of(rows).stream()
                        .map(row -> new Report.Line(Topic.MICRO, row))
                        .toList());
    }
}
