package io.corral.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

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

    /** How many runs there are, which does not matter to what one of them is. */
    private static final Pattern RUNS = Pattern.compile(
            "CORRAL_BENCH_(LAUNCHES|TASKS|SCOPES|VIRTUAL|PLACEMENTS|HELLOS|SPRINGS)=\\d+ ");

    /**
     * The same reports, where each figure has the runs of all: as if it had been measured for longer.
     *
     * @throws IllegalArgumentException if they are of several machines, were not measured in the same way, or have the same
     *     runs twice
     */
    static List<Report> together(List<Report> reports) {
        Report first = reports.get(0);
        for (Report report : reports) {
            if (!report.machine.toString().equals(first.machine.toString())) {
                throw new IllegalArgumentException("runs of two machines, " + first.machine
                        + " and " + report.machine + ", can't be taken together");
            }
            if (!report.way().equals(first.way())) {
                throw new IllegalArgumentException(
                        "what was measured in two ways can't be taken together: " + first.way()
                                + "; " + report.way());
            }
            if (reports.stream()
                            .filter(other -> other.lines.equals(report.lines))
                            .count()
                    > 1) {
                throw new IllegalArgumentException(
                        "the runs of " + report.date + ", " + report.command + ", are there twice");
            }
        }
        return reports.stream().map(report -> report.withRunsOf(reports)).toList();
    }

    private String way() {
        return RUNS.matcher(command).replaceAll("");
    }

    private Report withRunsOf(List<Report> reports) {
        List<Line> longer = new ArrayList<>();
        for (Line line : lines) {
            List<Double> runs = reports.stream()
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
