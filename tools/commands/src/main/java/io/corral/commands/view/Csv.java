package io.corral.commands.view;

import io.corral.Usage;
import io.corral.commands.reading.Row;
import io.corral.runtime.notice.ControlCharacters;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes totals as CSV by RFC 4180: a header and a line for each container. The columns are always
 * the same. An unknown number is empty.
 */
public final class Csv {

    private static final String END_OF_LINE = "\r\n";
    private static final int DIGITS_OF_NANOS = 9;

    private static final List<String> COLUMNS = List.of(
            "time",
            "hierarchy",
            "container",
            "jvm",
            "jvms",
            "cpu_seconds",
            "allocated_bytes",
            "threads",
            "virtual_threads",
            "forks",
            "exits",
            "queued_seconds",
            "waits",
            "throttled_seconds",
            "shed",
            "gc_estimated_seconds");

    private Csv() {}

    /**
     * @param rows the rows of {@code rates} that are shown; those that are computed from others are
     *     left out
     */
    public static String of(Rates rates, List<Rate> rows) {
        StringBuilder text = new StringBuilder();
        append(COLUMNS, text);
        rows.stream()
                .filter(rate -> !rate.row().isComputed())
                .forEach(rate -> append(fields(rates, rate), text));
        return text.toString();
    }

    private static List<String> fields(Rates rates, Rate rate) {
        Row row = rate.row();
        Instant time = Instant.EPOCH.plus(rates.reading().timeMicros(), ChronoUnit.MICROS);
        List<String> fields = new ArrayList<>();
        fields.add(time.truncatedTo(ChronoUnit.MILLIS).toString());
        fields.add(rates.reading().hierarchy());
        fields.add(row.path());
        fields.add(rate.jvm());
        fields.add(rate.jvms() == 0 ? "" : Integer.toString(rate.jvms()));
        fields.add(seconds(row.cpuNanos()));
        fields.add(count(row.allocatedBytes()));
        fields.add(count(row.threads()));
        fields.add(count(row.virtualThreads()));
        fields.add(count(row.forks()));
        fields.add(count(row.exits()));
        fields.add(seconds(row.queuedNanos()));
        fields.add(count(row.waits()));
        fields.add(seconds(row.throttledNanos()));
        fields.add(count(row.shed()));
        fields.add(seconds(row.gcEstimatedNanos()));
        return fields;
    }

    private static void append(List<String> fields, StringBuilder text) {
        text.append(fields.stream().map(Csv::field).collect(Collectors.joining(",")))
                .append(END_OF_LINE);
    }

    /** The value in quotes if it has a comma or quotes. */
    static String field(String value) {
        String printable = ControlCharacters.escaped(value);
        String text = isFormula(printable) ? "'" + printable : printable;
        return text.indexOf(',') >= 0 || text.indexOf('"') >= 0
                ? '"' + text.replace("\"", "\"\"") + '"'
                : text;
    }

    /** Whether a spreadsheet would compute it. No number here is below zero. */
    private static boolean isFormula(String text) {
        return !text.isEmpty() && "=+-@".indexOf(text.charAt(0)) >= 0;
    }

    private static String seconds(long nanos) {
        return Usage.isKnown(nanos)
                ? BigDecimal.valueOf(nanos, DIGITS_OF_NANOS).toPlainString()
                : "";
    }

    private static String count(long number) {
        return Usage.isKnown(number) ? Long.toString(number) : "";
    }
}
