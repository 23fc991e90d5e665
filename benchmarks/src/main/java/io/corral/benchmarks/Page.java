package io.corral.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        Map<Topic, FigureTable> measured = new EnumMap<>(Topic.class);
        for (Topic topic : Topic.values()) {
            List<Row> rows = Report.rows(reports, topic);
            if (!rows.isEmpty()) {
                measured.put(topic, new FigureTable(rows));
            }
        }
        List<String> sections = new ArrayList<>();
        missed(measured).ifPresent(sections::add);
        measured.forEach((topic, table) -> sections.add(table(
                topic.title,
                FigureTable.head(table.jdks()),
                table.figures().stream().map(figure -> FigureTable.line(figure, table.jdks())))));
        sections.add("### Measured by\n");
        sections.addAll(commands(reports));
        return String.join("\n", sections);
    }

    /** What was run, machine by machine. */
    private static List<String> commands(List<Report> reports) {
        return reports.stream()
                .collect(Collectors.groupingBy(
                        report -> report.machine().toString(),
                        LinkedHashMap::new,
                        Collectors.mapping(
                                report -> "- " + report.date() + ": `" + report.command()
                                        + "`, on JDK " + versions(report) + "\n",
                                Collectors.toCollection(LinkedHashSet::new))))
                .entrySet()
                .stream()
                .map(on -> "On " + on.getKey() + ":\n\n" + String.join("", on.getValue()))
                .toList();
    }

    /** What is to be seen first. */
    private static Optional<String> missed(Map<Topic, FigureTable> measured) {
        List<Integer> jdks = measured.values().stream()
                .flatMap(table -> table.jdks().stream())
                .distinct()
                .sorted()
                .toList();
        List<String> lines = new ArrayList<>();
        measured.forEach((topic, table) -> table.missedOrUnresolved()
                .forEach(figure ->
                        lines.add("| " + topic.title + " " + FigureTable.line(figure, jdks))));
        String head = "| table " + FigureTable.head(jdks).replace("\n| ---", "\n| --- | ---");
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of(table("Missed or not resolved", head, lines.stream()));
    }

    private static String versions(Report report) {
        return report.lines().stream()
                .map(line -> line.row().jdk().version())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static String table(String title, String head, Stream<String> lines) {
        return "### " + title + "\n\n" + head + lines.collect(Collectors.joining());
    }
}
