package io.corral.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of {@code docs/performance.md} are those of the runs in {@code docs/measured}. */
class MeasuredTest {

    private static final Path DOCS = Path.of("..", "docs");

    @Test
    void thePageHasTheTablesOfTheRunsThatAreKept() throws IOException {
        assertThat(kept()).isNotEmpty();
        assertThat(Files.readString(DOCS.resolve("performance.md")))
                .contains(Page.BEGIN + "\n\n" + Page.generated(kept()) + "\n" + Page.END);
    }

    /** Else its command would be said to have measured what is on the page. */
    @Test
    void eachRunThatIsKeptHasAFigureInTheTables() throws IOException {
        List<Report> reports = kept();
        Set<Row> shown = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Topic topic : Topic.values()) {
            shown.addAll(Report.rows(reports, topic));
        }
        assertThat(reports)
                .allMatch(report ->
                        report.lines().stream().anyMatch(line -> shown.contains(line.row())));
    }

    private static List<Report> kept() throws IOException {
        List<Report> reports = new ArrayList<>();
        try (Stream<Path> files = Files.list(DOCS.resolve("measured"))) {
            // By name: of a figure that was measured again the last counts.
            for (Path file : files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                reports.addAll(new ReportFile(file).read());
            }
        }
        return reports;
    }
}
