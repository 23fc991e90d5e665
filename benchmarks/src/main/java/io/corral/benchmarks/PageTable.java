package io.corral.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A table of the page: a line for all rows of one name, with a column for each JDK that any of the table was measured on. */
final class PageTable {

    private static final String NOT_MEASURED = "";

    private final String title;

    /** What stands over the columns in front of those of JDKs. */
    private final List<String> names;

    /** By what stands in these columns. */
    private final Map<List<String>, List<Row>> lines = new LinkedHashMap<>();

    PageTable(String title, String... names) {
        this.title = title;
        this.names = List.of(names);
    }

    /**
     * Adds to the line that begins so, or begins it.
     *
     * @param row of a JDK that the line does not have
     */
    void add(Row row, String... beginning) {
        lines.computeIfAbsent(List.of(beginning), first -> new ArrayList<>()).add(row);
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    @Override
    public String toString() {
        List<Integer> jdks = List.copyOf(new TreeSet<>(lines.values().stream()
                .flatMap(List::stream)
                .map(PageTable::jdk)
                .toList()));
        Stream<String> head = Stream.of(
                line(names, jdks.stream().map(jdk -> "JDK " + jdk), "budget"),
                line(
                        names.stream().map(name -> "---").toList(),
                        jdks.stream().map(jdk -> "---:"),
                        "---"));
        Stream<String> body = lines.entrySet().stream()
                .map(line -> line(
                        line.getKey(),
                        jdks.stream().map(jdk -> cell(line.getValue(), jdk)),
                        budget(line.getValue())));
        return "### " + title + "\n\n" + Stream.concat(head, body).collect(Collectors.joining());
    }

    private static String line(List<String> first, Stream<String> ofJdks, String last) {
        return Stream.of(first.stream(), ofJdks, Stream.of(last))
                .flatMap(cells -> cells)
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String cell(List<Row> line, int jdk) {
        return line.stream()
                .filter(row -> jdk(row) == jdk)
                .map(Row::withInterval)
                .findAny()
                .orElse(NOT_MEASURED);
    }

    /** That of all JDKs; where they differ, of each that has one. */
    private static String budget(List<Row> line) {
        List<String> budgets = line.stream().map(Row::budgetWithUnit).distinct().toList();
        return budgets.size() == 1
                ? budgets.get(0)
                : line.stream()
                        .filter(row -> row.budget() != null)
                        .map(row -> jdk(row) + ": " + row.budgetWithUnit())
                        .collect(Collectors.joining("; "));
    }

    private static int jdk(Row row) {
        return row.jdk().feature();
    }
}
