package io.corral.benchmarks;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A table of the page: a figure is a line, and has a column for each JDK that any figure of the table was measured on. */
final class FigureTable {

    private static final String NOT_MEASURED = "";

    private final List<Integer> jdks;
    private final Map<String, List<Row>> figures;

    /** @param rows of one suite */
    FigureTable(List<Row> rows) {
        jdks = rows.stream().map(FigureTable::jdk).distinct().sorted().toList();
        figures = rows.stream()
                .collect(Collectors.groupingBy(
                        Row::what, LinkedHashMap::new, Collectors.toUnmodifiableList()));
    }

    /** Those figures that some JDK does not keep the budget of, on all JDKs. */
    Stream<List<Row>> missedOrUnresolved() {
        return figures().stream()
                .filter(figure -> figure.stream().anyMatch(Row::isMissedOrUnresolved));
    }

    Collection<List<Row>> figures() {
        return figures.values();
    }

    List<Integer> jdks() {
        return jdks;
    }

    static String head(List<Integer> jdks) {
        return "| what |"
                + jdks.stream().map(jdk -> " " + jdk + " |").collect(Collectors.joining())
                + " budget |\n| --- |"
                + " ---: |".repeat(jdks.size())
                + " --- |\n";
    }

    static String line(List<Row> figure, List<Integer> jdks) {
        return "| " + figure.get(0).what() + " |"
                + jdks.stream()
                        .map(jdk -> " " + cell(figure, jdk) + " |")
                        .collect(Collectors.joining())
                + " " + budget(figure) + " |\n";
    }

    private static String cell(List<Row> figure, int jdk) {
        return figure.stream()
                .filter(row -> jdk(row) == jdk)
                .map(Row::withInterval)
                .findAny()
                .orElse(NOT_MEASURED);
    }

    /** Mostly that of all JDKs. */
    private static String budget(List<Row> figure) {
        List<String> budgets = figure.stream().map(Row::limit).distinct().toList();
        return budgets.size() == 1
                ? budgets.get(0)
                : figure.stream()
                        .filter(row -> !row.limit().isEmpty())
                        .map(row -> jdk(row) + ": " + row.limit())
                        .collect(Collectors.joining(", "));
    }

    private static int jdk(Row row) {
        return row.jdk().feature();
    }
}
