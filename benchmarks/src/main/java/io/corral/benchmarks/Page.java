package io.corral.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The part of {@code docs/performance.md} that is generated; what is around it is kept. */
final class Page {

    static final String BEGIN = "<!-- corral bench: begin -->";
    static final String END = "<!-- corral bench: end -->";

    private final Path file;

    Page(Path file) {
        this.file = file;
    }

    /** @throws IllegalArgumentException if there is no place in the file for what is generated */
    void check() throws IOException {
        around();
    }

    void write(List<Report> reports) throws IOException {
        String[] around = around();
        Files.writeString(
                file, around[0] + BEGIN + "\n\n" + generated(reports) + "\n" + END + around[1]);
    }

    private String[] around() throws IOException {
        String text = Files.readString(file);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException(
                    file + " has no lines \"" + BEGIN + "\" and \"" + END + "\" to write between");
        }
        return new String[] {text.substring(0, begin), text.substring(end + END.length())};
    }

    static String generated(List<Report> reports) {
        PageTable missed = new PageTable("Missed or not resolved", "table", "what");
        List<PageTable> tables = new ArrayList<>();
        tables.add(missed);
        for (Topic topic : Topic.values()) {
            PageTable all = new PageTable(topic.title, "what");
            List<Row> rows = Report.rows(reports, topic);
            Set<String> missing = rows.stream()
                    .filter(Row::isMissedOrUnresolved)
                    .map(Row::what)
                    .collect(Collectors.toSet());
            for (Row row : rows) {
                all.add(row, row.what());
                if (missing.contains(row.what())) {
                    missed.add(row, topic.title, row.what());
                }
            }
            tables.add(all);
        }
        return Stream.concat(
                        tables.stream().filter(table -> !table.isEmpty()).map(PageTable::toString),
                        commands(reports))
                .collect(Collectors.joining("\n"));
    }

    /** What was run, machine by machine. */
    private static Stream<String> commands(List<Report> reports) {
        Map<String, String> byMachine = new LinkedHashMap<>();
        for (Report report : reports) {
            byMachine.merge(
                    report.machine().toString(),
                    "- " + report.date() + ": `" + report.command() + "`, on JDK "
                            + versions(report) + "\n",
                    String::concat);
        }
        return Stream.concat(
                byMachine.isEmpty() ? Stream.empty() : Stream.of("### Measured by\n"),
                byMachine.entrySet().stream()
                        .map(on -> "On " + on.getKey() + ":\n\n" + on.getValue()));
    }

    private static String versions(Report report) {
        return report.lines().stream()
                .map(line -> line.row().jdk().version())
                .distinct()
                .collect(Collectors.joining(", "));
    }
}
