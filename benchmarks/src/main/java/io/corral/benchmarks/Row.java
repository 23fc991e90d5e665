package io.corral.benchmarks;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A line of the table.
 *
 * @param figure in {@code unit}
 * @param limit the budget, or null for what is only shown
 */
record Row(
        String what,
        Jdk jdk,
        Sample figure,
        String unit,
        @Nullable Double limit) {

    /** Whether the budget holds: the whole interval has to be on one side of it. */
    String verdict() {
        if (limit == null) {
            return "";
        }
        Sample.Interval interval = figure.interval();
        if (interval.high() <= limit) {
            return "holds";
        }
        return interval.low() > limit ? "does not hold" : "unresolved";
    }

    String[] cells() {
        Sample.Interval interval = figure.interval();
        return new String[] {
            what,
            String.valueOf(jdk.feature()),
            number(figure.median()) + " " + unit,
            number(interval.low()) + " - " + number(interval.high()),
            limit == null ? "" : number(limit) + " " + unit,
            verdict()
        };
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("what", what);
        json.put("jdk", jdk.version());
        json.put("unit", unit);
        json.put("median", figure.median());
        json.put("low", figure.interval().low());
        json.put("high", figure.interval().high());
        json.put("runs", figure.values());
        if (limit != null) {
            json.put("budget", limit);
            json.put("verdict", verdict());
        }
        return json;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < 10 ? "%.2f" : "%,.0f", value);
    }
}
