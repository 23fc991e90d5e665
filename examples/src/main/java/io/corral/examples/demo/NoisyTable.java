package io.corral.examples.demo;

import io.corral.examples.load.Flood;
import io.corral.examples.service.Shop;
import java.util.List;
import java.util.Locale;

/** The table of {@code corral demo --noisy}, and what it shows in words. */
final class NoisyTable {

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

    static String text(List<Row> rows) {
        StringBuilder text = new StringBuilder();
        text.append(NOISY + " floods the service: " + Flood.CONNECTIONS
                + " connections send one request after another.\n");
        text.append(OTHERS + " send " + Flood.OTHERS_A_SECOND
                + " requests a second each, which take some 10 ms of CPU time.\n\n");
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
        text.append("\n").append(inWords(rows.get(0), rows.get(1)));
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
                ? "most of the others' requests got no answer"
                : "half of the others' requests took " + time(bare.half) + " or more";
        return NOISY + " is the noisy neighbour. Without a limit " + before + ".\n"
                + line(
                        "With the limit \"%s\" half of them took %s at most, and %s still used %.2f"
                                + " CPUs.",
                        limited.limit, time(limited.half), NOISY, limited.cpus);
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values).stripTrailing() + "\n";
    }

    /** A time, in words that need no header. */
    private static String time(double millis) {
        if (Double.isInfinite(millis)) {
            return "never";
        }
        if (millis < 1_000) {
            return String.format(Locale.ROOT, "%.0f ms", millis);
        }
        return String.format(Locale.ROOT, "%.1f s", millis / 1_000);
    }
}
