package io.corral.commands.view;

import com.fasterxml.jackson.jr.ob.JSON;

import io.corral.commands.reading.LimitRow;
import io.corral.runtime.control.LimitNames;
import io.corral.runtime.notice.ControlCharacters;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes limits as a table with a line for each limit, or as JSON. The numbers of requests are of
 * all limits of a container at its door, and stand in the line of the first one.
 */
public final class LimitTable {

    private static final List<String> TITLES = List.of(
            "CONTAINER",
            "LIMIT",
            "FROM",
            "NOW",
            "PEAK",
            "WAITING",
            "WAITED",
            "MEAN WAIT",
            "SHED",
            "OVER",
            "WOULD");

    /** The columns that hold text, which stands left. */
    private static final int TEXTS = 3;

    private static final String MONITOR = "monitor";

    private LimitTable() {}

    /** The lines of the table, the header first. */
    public static List<String> lines(List<LimitRow> rows) {
        List<List<String>> cells = new ArrayList<>();
        cells.add(TITLES);
        rows.forEach(row -> addLimits(row, cells));
        int[] widths = new int[TITLES.size()];
        for (List<String> line : cells) {
            for (int i = 0; i < line.size(); i++) {
                widths[i] = Math.max(widths[i], FittedText.columns(line.get(i)));
            }
        }
        return cells.stream().map(line -> line(line, widths)).toList();
    }

    private static String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            String space = " ".repeat(widths[i] - FittedText.columns(cell));
            line.append(i == 0 ? "" : "  ").append(i < TEXTS ? cell + space : space + cell);
        }
        return line.toString().stripTrailing();
    }

    private static void addLimits(LimitRow row, List<List<String>> cells) {
        boolean isDoorShown = false;
        for (LimitRow.Limit limit : row.limits()) {
            List<String> line = new ArrayList<>();
            line.add(ControlCharacters.escaped(row.name()));
            line.add(limit.text() + (limit.mode().equals(MONITOR) ? " (monitor)" : ""));
            line.add(limit.origin());
            if (limit.control().equals(LimitNames.THREADS_MAX)) {
                addThreads(row, line);
            } else if (!limit.control().equals(LimitNames.WEIGHT) && !isDoorShown) {
                isDoorShown = true;
                addRequests(row, line);
            }
            cells.add(line);
        }
    }

    private static void addRequests(LimitRow row, List<String> line) {
        long waited = row.stat("waited");
        line.add(number(row.stat("requests")));
        line.add(number(row.stat("peakRequests")));
        line.add(number(row.stat("waiting")));
        line.add(number(waited));
        line.add(waited == 0 ? "-" : Numbers.duration((double) row.stat("waitedNanos") / waited));
        line.add(number(row.stat("shed")));
        line.add(number(row.stat("over")));
        line.add(number(row.stat("wouldWait") + row.stat("wouldShed")));
    }

    private static void addThreads(LimitRow row, List<String> line) {
        line.add(number(row.stat("threads")));
        line.add(number(row.stat("peakThreads")));
        line.addAll(List.of("", "", ""));
        line.add(number(row.stat("refusedStarts")));
        line.add("");
        line.add(number(row.stat("wouldRefuseStarts")));
    }

    private static String number(long value) {
        return Long.toString(value);
    }

    /** All values as one line of JSON. */
    public static String json(String source, String state, List<LimitRow> rows) throws IOException {
        List<Object> containers = new ArrayList<>();
        for (LimitRow row : rows) {
            Map<String, Object> container = new LinkedHashMap<>();
            container.put("hierarchy", row.hierarchy());
            container.put("path", row.path());
            List<Object> limits = new ArrayList<>();
            for (LimitRow.Limit limit : row.limits()) {
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("control", limit.control());
                one.put("limit", limit.text());
                one.put("mode", limit.mode());
                one.put("origin", limit.origin());
                limits.add(one);
            }
            container.put("limits", limits);
            container.putAll(row.stat());
            containers.add(container);
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("source", source);
        all.put("state", state);
        all.put("containers", containers);
        return JSON.std.asString(all);
    }
}
