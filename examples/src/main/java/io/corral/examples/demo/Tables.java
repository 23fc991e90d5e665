package io.corral.examples.demo;

import io.corral.Usage;
import io.corral.commands.reading.ProcessCpu;
import io.corral.commands.reading.Reading;
import io.corral.commands.reading.Recording;
import io.corral.commands.reading.Row;
import io.corral.commands.view.FittedText;
import io.corral.commands.view.Order;
import io.corral.commands.view.Outline;
import io.corral.commands.view.Rate;
import io.corral.commands.view.Rates;
import io.corral.examples.service.Shop;
import io.corral.report.usage.HierarchyHistory;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The tables at the end of the demo, of at most 100 columns. */
final class Tables {

    private static final int NAME_WIDTH = 30;
    private static final int CELL_WIDTH = 10;
    private static final String UNKNOWN = "n/a";
    private static final String MAIN = "main";

    private final PrintStream out;
    private final ProcessCpu cpu;

    private Tables(PrintStream out, ProcessCpu cpu) {
        this.out = out;
        this.cpu = cpu;
    }

    static void print(Recording recording, List<UnitCost> costs, PrintStream out)
            throws IOException {
        Reading main = recording.read(MAIN);
        Tables tables = new Tables(out, main.process());
        tables.usage(recording, main);
        // Nothing is charged to tenants without the filter and without rules.
        boolean isCharged = costs.stream().anyMatch(cost -> cost.cpuNanos() > 0);
        if (isCharged) {
            tables.costs(costs);
        }
        tables.explanations(isCharged);
    }

    /**
     * The containers as trees, those with the most CPU time first, and below them the rest of the
     * process's CPU time.
     */
    private void usage(Recording recording, Reading main) throws IOException {
        head("container", "CPU", "share", "allocated", "threads", "forks", "exits");
        List<String> hierarchies = new ArrayList<>(recording.hierarchies());
        hierarchies.sort(Comparator.comparing(name -> !name.equals(MAIN)));
        for (String hierarchy : hierarchies) {
            tree(recording.read(hierarchy));
        }
        cpu("JVM's native threads", cpu.jvmNanos());
        for (Row row : main.rows()) {
            if (HierarchyHistory.belongsToJvm(row.path())) {
                cpu("  " + row.name(), row.cpuNanos());
            }
        }
        cpu("unattributed", cpu.unattributedNanos());
        cpu("process", cpu.processNanos());
        out.println();
        cpu("Corral's hooks, estimated", cpu.ownNanos());
        out.println();
    }

    private void tree(Reading reading) {
        Outline outline = new Outline();
        outline.order(Order.TIME);
        for (Rate each : outline.rows(Rates.between(null, reading).rows())) {
            Row row = each.row();
            if (!row.isAllNativeThreads() && !HierarchyHistory.belongsToJvm(row.path())) {
                row(
                        row.isRoot()
                                ? reading.hierarchy() + ":/"
                                : "  ".repeat(row.depth()) + row.name(),
                        seconds(row.cpuNanos()),
                        share(row.cpuNanos()),
                        mebibytes(row.allocatedBytes()),
                        count(row.threads() + row.virtualThreads()),
                        count(row.forks()),
                        count(row.exits()));
            }
        }
        out.println();
    }

    /** A row for each tenant, and a last row with the spread between tenants. */
    private void costs(List<UnitCost> costs) {
        List<String> spread = new ArrayList<>(List.of("spread between tenants", ""));
        List<String> head = new ArrayList<>(List.of("CPU a unit of work", "units"));
        head.addAll(Shop.ENDPOINTS);
        for (String endpoint : Shop.ENDPOINTS) {
            spread.add(percent(UnitCost.spread(costs, endpoint)));
        }
        head.add("all");
        spread.add(percent(UnitCost.spread(costs, UnitCost.ALL)));
        head(head.toArray(String[]::new));
        for (String tenant : Shop.TENANTS) {
            List<String> cells = new ArrayList<>(List.of(tenant, ""));
            for (UnitCost cost : costs) {
                if (cost.tenant().equals(tenant)) {
                    cells.add(micros(cost.cpuNanos()));
                    // The last cost is that of all endpoints, so the row shows its units.
                    cells.set(1, count(cost.units()));
                }
            }
            row(cells.toArray(String[]::new));
        }
        row(spread.toArray(String[]::new));
        out.println();
    }

    private void explanations(boolean hasCosts) {
        out.println("Tomcat's own threads are in /pools. So is the part of a request before its"
                + " tenant is known.");
        out.println("The container jvm has the JVM's Java threads. Its native threads, such as GC"
                + " and JIT, are");
        out.println("in no container above.");
        out.println("Corral's hooks and readings are part of the containers above. Its own threads"
                + " are in /jvm/corral.");
        out.println("Most of what is unattributed is what ending threads use, 30 to 200 us each.");
        if (hasCosts) {
            out.println("A unit is one of the equal parts of a request's work. The containers"
                    + " include the warm-up;");
            out.println("the CPU of a unit does not.");
        }
        out.println();
    }

    private void head(String... cells) {
        row(cells);
        out.println("-".repeat(NAME_WIDTH + (cells.length - 1) * (1 + CELL_WIDTH)));
    }

    private void cpu(String name, long nanos) {
        row(name, seconds(nanos), share(nanos));
    }

    /** The first cell is aligned to the left, the others to the right. */
    private void row(String... cells) {
        StringBuilder line = new StringBuilder();
        line.append(
                String.format("%-" + NAME_WIDTH + "s", FittedText.shortened(cells[0], NAME_WIDTH)));
        for (int i = 1; i < cells.length; i++) {
            line.append(String.format(" %" + CELL_WIDTH + "s", cells[i]));
        }
        out.println(line.toString().stripTrailing());
    }

    private static String seconds(long nanos) {
        // Rounded first, because a tiny negative number would be printed as -0.000.
        return Usage.isKnown(nanos)
                ? format("%,.3f s", Math.round(nanos / 1e6) / 1_000.0)
                : UNKNOWN;
    }

    private String share(long nanos) {
        return Usage.isKnown(nanos) && Usage.isKnown(cpu.processNanos())
                ? percent((double) nanos / cpu.processNanos())
                : UNKNOWN;
    }

    private static String mebibytes(long bytes) {
        double mebibytes = bytes / 1024.0 / 1024.0;
        // Large numbers have no fraction, so that both fit the same column.
        return Usage.isKnown(bytes)
                ? format(mebibytes < 100 ? "%,.1f MiB" : "%,.0f MiB", mebibytes)
                : UNKNOWN;
    }

    private static String count(long number) {
        return format("%,d", number);
    }

    private static String micros(double nanos) {
        return Double.isFinite(nanos) ? format("%,.1f us", nanos / 1e3) : UNKNOWN;
    }

    private static String percent(double ratio) {
        return Double.isFinite(ratio)
                ? format("%.1f%%", Math.round(ratio * 1_000) / 10.0)
                : UNKNOWN;
    }

    private static String format(String pattern, Object value) {
        return String.format(Locale.ROOT, pattern, value);
    }
}
