package io.corral.examples.demo;

import io.corral.commands.reading.Meanwhile;
import io.corral.examples.load.Flood;
import io.corral.examples.service.Shop;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The table of {@code corral demo --noisy}, and what it shows in words. */
final class NoisyTable {

    /** The end of the name of a part with other requests. */
    static final String LOOPS = "loops";

    private static final String NOISY = Shop.TENANTS.get(0);

    private static final String OTHERS =
            String.join(" and ", Shop.TENANTS.subList(1, Shop.TENANTS.size()));

    private NoisyTable() {}

    /**
     * What one limit has led to.
     *
     * @param limit its name
     * @param line that of the rules file; empty for no limit
     * @param cpus the CPUs that the noisy tenant has used
     * @param answered the answers that it got in a second
     * @param refused the refusals that it got in a second
     * @param half the milliseconds in which half of the others' requests were answered; infinite if
     *     fewer were
     * @param most as {@code half}, for 99% of them
     * @param sent the others' requests
     */
    record Row(
            String limit,
            String line,
            double cpus,
            double answered,
            double refused,
            double half,
            double most,
            long refusedToOthers,
            long unanswered,
            long sent) {}

    /** @param meanwhile who ran while containers waited, by path; null if that is unknown */
    static String text(List<Row> rows, @Nullable Map<String, Meanwhile> meanwhile) {
        StringBuilder text = new StringBuilder();
        text.append(NOISY + " floods the service: " + Flood.CONNECTIONS
                + " connections send one request after another.\n");
        text.append(OTHERS + " send " + Flood.OTHERS_A_SECOND
                + " requests a second each.\nA request takes some 10 ms of CPU time; this"
                + " machine has " + Runtime.getRuntime().availableProcessors() + " CPUs.\n\n");
        text.append(line("%-15s  %-31s%s", "", NOISY, OTHERS));
        text.append(line(
                "%-15s%6s%12s%11s%15s%12s%9s%13s",
                "limit",
                "CPUs",
                "answered/s",
                "refused/s",
                "half within",
                "99% within",
                "refused",
                "no answer"));
        for (Row row : rows) {
            text.append(line(
                    "%-15s%6.2f%12.0f%11.0f%15s%12s%9d%13s",
                    row.limit,
                    row.cpus,
                    row.answered,
                    row.refused,
                    time(row.half),
                    time(row.most),
                    row.refusedToOthers,
                    row.unanswered == 0 ? "0" : row.unanswered + " of " + row.sent));
        }
        if (rows.stream().anyMatch(row -> row.limit.endsWith(LOOPS))) {
            text.append("(" + LOOPS + ": a request of " + NOISY
                    + " takes some 300 ms, and its thread never yields.)\n");
        }
        text.append("\n").append(inWords(rows.get(0), rows.get(1)));
        text.append(whoRan(meanwhile == null ? Map.of() : meanwhile));
        text.append("\nA limit is a line of the rules file:\n");
        rows.stream()
                .map(Row::line)
                .filter(line -> !line.isEmpty())
                .distinct()
                .forEach(line -> text.append("  ").append(line).append('\n'));
        return text.toString();
    }

    private static String inWords(Row bare, Row limited) {
        String before = Double.isInfinite(bare.half)
                ? "most of the others' requests got no answer in time"
                : "half of the others' requests took " + time(bare.half) + " or more";
        String after = Double.isInfinite(limited.half)
                ? "most got none either: is the machine busy with something else?"
                : "half of them took " + time(limited.half) + " at most, and " + NOISY
                        + " still used " + String.format(Locale.ROOT, "%.2f CPUs.", limited.cpus);
        return NOISY + " is the noisy neighbour. Without a limit " + before + ".\n"
                + "With the limit \"" + limited.limit + "\" " + after + "\n";
    }

    /** As {@code corral top -w} shows it. */
    private static String whoRan(Map<String, Meanwhile> meanwhile) {
        StringBuilder text = new StringBuilder();
        for (String tenant : Shop.TENANTS.subList(1, Shop.TENANTS.size())) {
            Meanwhile of = meanwhile.get("/tenants/" + tenant);
            if (of != null && !of.others().isEmpty()) {
                text.append(line(
                        "  %-15s%s",
                        tenant,
                        of.others().stream()
                                .map(each -> name(each.path()) + " " + Math.round(100 * each.part())
                                        + "%")
                                .collect(Collectors.joining(", "))));
            }
        }
        return text.isEmpty()
                ? ""
                : "\nWho used the CPUs while these tenants waited for one, in all parts together;\n"
                        + "in a running JVM ./corral top -w PID shows it:\n" + text;
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values).stripTrailing() + "\n";
    }

    /** A time with its unit. */
    private static String time(double millis) {
        if (Double.isInfinite(millis)) {
            return "-";
        }
        if (millis < 1_000) {
            return String.format(Locale.ROOT, "%.0f ms", millis);
        }
        return String.format(Locale.ROOT, "%.1f s", millis / 1_000);
    }
}
