package io.corral.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * The figures of one run of the tool, and how it came to them.
 *
 * @param command what was typed, without where files and JDKs are
 * @param date the day, as {@code 2026-07-30}
 */
record Report(String command, String date, Machine machine, List<Line> lines) {

    /** A row, and the suite it is of. */
    record Line(Topic topic, Row row) {

        private boolean isAgain(Line other) {
            return topic == other.topic
                    && row.what().equals(other.row.what())
                    && row.jdk().feature() == other.row.jdk().feature();
        }
    }

    /**
     * The rows of one suite in all reports, each figure's JDKs side by side. Of a figure that was
     * measured again the last is taken.
     */
    static List<Row> rows(List<Report> reports, Topic topic) {
        List<Line> all =
                reports.stream().flatMap(report -> report.lines.stream()).toList();
        List<Row> rows = new ArrayList<>();
        List<String> figures = all.stream()
                .filter(line -> line.topic == topic)
                .map(line -> line.row.what())
                .distinct()
                .toList();
        for (String figure : figures) {
            rows.addAll(latest(all, topic, figure));
        }
        return rows;
    }

    /**
     * The same reports, where each figure has the runs of all in which it was measured on that machine: as if it had been
     * measured for longer.
     */
    static List<Report> together(List<Report> reports) {
        return reports.stream().map(report -> report.withRunsOf(reports)).toList();
    }

    private Report withRunsOf(List<Report> reports) {
        List<Line> longer = new ArrayList<>();
        for (Line line : lines) {
            List<Double> runs = reports.stream()
                    .filter(report -> report.machine.toString().equals(machine.toString()))
                    .flatMap(report -> report.lines.stream())
                    .filter(line::isAgain)
                    .flatMap(same -> same.row.figure().values().stream())
                    .toList();
            longer.add(new Line(line.topic, line.row.of(new Sample(runs))));
        }
        return new Report(command, date, machine, longer);
    }

    private static List<Row> latest(List<Line> all, Topic topic, String figure) {
        List<Line> latest = new ArrayList<>();
        for (Line line : all) {
            if (line.topic == topic && line.row.what().equals(figure)) {
                latest.removeIf(line::isAgain);
                latest.add(line);
            }
        }
        return latest.stream()
                .map(Line::row)
                .sorted((a, b) -> Integer.compare(a.jdk().feature(), b.jdk().feature()))
                .toList();
    }
}
