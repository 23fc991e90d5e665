package io.corral.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The part of {@code docs/performance.md} that is generated; what is around it is kept. */
final class Page {

    static final String BEGIN = "<!-- corral bench: begin -->";
    static final String END = "<!-- corral bench: end -->";

    private static final String HEAD = """
            | what | JDK | median | 95 % interval | budget | |
            | --- | ---: | ---: | ---: | ---: | --- |""";

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
        StringBuilder page = new StringBuilder();
        for (String machine : reports.stream()
                .map(report -> report.machine().toString())
                .distinct()
                .toList()) {
            page.append("Measured on ").append(machine).append(":\n\n");
            reports.stream()
                    .filter(report -> report.machine().toString().equals(machine))
                    .map(report -> "- " + report.date() + ": `" + report.command() + "`, on JDK "
                            + versions(report) + "\n")
                    .distinct()
                    .forEach(page::append);
            page.append('\n');
        }
        List<String> missed = new ArrayList<>();
        List<String> tables = new ArrayList<>();
        for (Topic topic : Topic.values()) {
            List<Row> rows = Report.rows(reports, topic);
            if (!rows.isEmpty()) {
                tables.add(table(topic.title, HEAD, rows.stream().map(Page::line)));
            }
            rows.stream()
                    .filter(Row::isMissedOrUnresolved)
                    .forEach(row -> missed.add("| " + topic.title + " " + line(row)));
        }
        if (!missed.isEmpty()) {
            String head = "| table " + HEAD.replace("\n", "\n| --- ");
            tables.add(0, table("Missed or not resolved", head, missed.stream()));
        }
        return page.append(String.join("\n", tables)).toString();
    }

    private static String versions(Report report) {
        return report.lines().stream()
                .map(line -> line.row().jdk().version())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static String table(String title, String head, Stream<String> lines) {
        return "### " + title + "\n\n" + head + "\n" + lines.collect(Collectors.joining());
    }

    private static String line(Row row) {
        return "| " + String.join(" | ", row.cells()) + " |\n";
    }
}
