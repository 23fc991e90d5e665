package io.corral.benchmarks;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reports as JSON, with each run's value, so that tables can be made of them again. */
final class ReportFile {

    private final Path file;

    ReportFile(Path file) {
        this.file = file;
    }

    /** A run may be stopped at any time: the file has what it had, or all of this. A link, a device and a pipe stay what they are. */
    void write(List<Report> reports) throws IOException {
        String json = JSON.std
                .with(JSON.Feature.PRETTY_PRINT_OUTPUT)
                .asString(reports.stream().map(ReportFile::json).toList());
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            Files.writeString(file, json);
            return;
        }
        Path whole = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(whole, json);
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** @throws IllegalArgumentException if the file is not one that was written here */
    List<Report> read() throws IOException {
        try {
            List<Report> reports = new ArrayList<>();
            for (Object json : JSON.std.listFrom(Files.readString(file))) {
                reports.add(report((Map<?, ?>) json));
            }
            return reports;
        } catch (JacksonException | ClassCastException | NullPointerException e) {
            throw new IllegalArgumentException(file + " is no file of corral bench --json", e);
        }
    }

    private static Map<String, Object> json(Report report) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("command", report.command());
        json.put("date", report.date());
        json.put("machine", report.machine().json());
        json.put("rows", report.lines().stream().map(ReportFile::json).toList());
        return json;
    }

    private static Report report(Map<?, ?> json) {
        return new Report(
                text(json, "command"),
                text(json, "date"),
                Machine.of((Map<?, ?>) json.get("machine")),
                ((List<?>) json.get("rows"))
                        .stream().map(row -> line((Map<?, ?>) row)).toList());
    }

    private static Map<String, Object> json(Report.Line line) {
        Row row = line.row();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("suite", line.topic().toString());
        json.put("what", row.what());
        json.put("jdk", row.jdk().version());
        json.put("unit", row.unit());
        json.put("median", row.figure().median());
        json.put("low", row.figure().interval().low());
        json.put("high", row.figure().interval().high());
        json.put("runs", row.figure().values());
        Row.@Nullable Budget budget = row.budget();
        if (budget != null) {
            json.put(budget.isFloor() ? "atLeast" : "atMost", budget.limit());
            json.put("verdict", row.verdict());
        }
        return json;
    }

    private static Report.Line line(Map<?, ?> json) {
        List<Double> runs = ((List<?>) json.get("runs"))
                .stream().map(run -> ((Number) run).doubleValue()).toList();
        return new Report.Line(
                Topic.named(text(json, "suite")),
                new Row(
                        text(json, "what"),
                        new Jdk(null, text(json, "jdk")),
                        new Sample(runs),
                        text(json, "unit"),
                        budget(json)));
    }

    private static Row.@Nullable Budget budget(Map<?, ?> json) {
        for (String kind : List.of("atLeast", "atMost")) {
            if (json.get(kind) instanceof Number limit) {
                return new Row.Budget(limit.doubleValue(), kind.equals("atLeast"));
            }
        }
        return null;
    }

    private static String text(Map<?, ?> json, String key) {
        String text = (String) json.get(key);
        if (text == null) {
            throw new NullPointerException("no " + key);
        }
        return text;
    }
}
