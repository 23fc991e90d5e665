package io.corral.commands.view;

import io.corral.report.diff.Basis;
import io.corral.report.diff.Change;
import io.corral.report.diff.Comparison;
import io.corral.report.diff.ContainerChange;
import io.corral.report.diff.MethodChange;
import io.corral.report.diff.RecordedUsage;
import io.corral.report.diff.Regression;
import io.corral.report.diff.Regression.Tolerance;
import io.corral.report.diff.Resource;
import io.corral.runtime.notice.ControlCharacters;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Writes a comparison of two recordings as lines for a terminal. */
public final class ComparisonText {

    private static final int NAME = 32;
    private static final int NUMBER = 9;
    private static final int BYTES = 12;
    private static final int PERCENT = 9;
    private static final int STARTED = 8;

    /** More containers are on the page. */
    private static final int MAX_ROWS = 20;

    private static final String BETWEEN = " -> ";

    private final Comparison comparison;
    private final Basis basis;

    public ComparisonText(Comparison comparison, Basis basis) {
        this.comparison = comparison;
        this.basis = basis;
    }

    /** What was compared, then a table for each hierarchy. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(recording("before", comparison.before()));
        lines.add(recording("after ", comparison.after()));
        lines.add(
                basis == Basis.RATE
                        ? "compared: rates, the use in each second of a recording;"
                                + " 100 CPU% is one CPU"
                        : "compared: totals of each recording");
        for (String hierarchy : comparison.hierarchies()) {
            addTable(lines, hierarchy);
        }
        return lines;
    }

    private static String recording(String which, RecordedUsage recording) {
        return which + "  " + recording.name() + ", " + Numbers.time(recording.nanos());
    }

    private void addTable(List<String> lines, String hierarchy) {
        List<ContainerChange> all = comparison.changes(hierarchy, basis);
        Set<ContainerChange> shown = new HashSet<>(all.stream()
                .filter(ComparisonText::hasUsage)
                .sorted(Comparator.comparingDouble(this::importance).reversed())
                .limit(MAX_ROWS)
                .toList());
        lines.add("");
        if (!hierarchy.equals("main")) {
            lines.add("hierarchy " + hierarchy);
        }
        lines.add(header());
        all.stream().filter(shown::contains).map(this::row).forEach(lines::add);
        long more = all.stream().filter(ComparisonText::hasUsage).count() - shown.size();
        if (more > 0) {
            lines.add("(" + more + " more with smaller changes; the page has them)");
        }
    }

    private static boolean hasUsage(ContainerChange each) {
        return isUsed(each.cpu()) || isUsed(each.allocated());
    }

    private static boolean isUsed(Change change) {
        return change.before() != 0 || change.after() != 0;
    }

    /** The larger part of what the process used that the container gained or lost. */
    private double importance(ContainerChange each) {
        double largest = 0;
        for (Resource resource : Resource.values()) {
            double whole = comparison.whole(resource, basis).after();
            double part = Math.abs(each.of(resource).difference()) / Math.max(1, whole);
            largest = Math.max(largest, part);
        }
        return largest;
    }

    private String header() {
        return left("CONTAINER", NAME)
                + right(basis == Basis.RATE ? "CPU%" : "CPU", NUMBER)
                + right("AFTER", NUMBER)
                + right("CHANGE", NUMBER)
                + right("", PERCENT)
                + right("ALLOC", BYTES)
                + right("AFTER", BYTES)
                + right("", PERCENT)
                + right("STARTED", STARTED)
                + right("AFTER", STARTED);
    }

    private String row(ContainerChange each) {
        String name = FittedText.shortened(ControlCharacters.escaped(each.path()), NAME - 1);
        String row = left(name, NAME)
                + right(cpu(each.cpu().before()), NUMBER)
                + right(cpu(each.cpu().after()), NUMBER)
                + right(signed(each.cpu()), NUMBER)
                + right(percent(each, each.cpu()), PERCENT);
        // What the JVM's own threads allocate is not known.
        return each.isOfJvm()
                ? row
                : row
                        + right(bytes(each.allocated().before()), BYTES)
                        + right(bytes(each.allocated().after()), BYTES)
                        + right(percent(each, each.allocated()), PERCENT)
                        + right(count(each.started().before()), STARTED)
                        + right(count(each.started().after()), STARTED);
    }

    private String signed(Change cpu) {
        String text = cpu(Math.abs(cpu.difference()));
        return cpu.difference() == 0 ? text : (cpu.difference() < 0 ? "-" : "+") + text;
    }

    private static String percent(ContainerChange each, Change change) {
        return switch (each.presence()) {
            case NEW -> "new";
            case GONE -> "gone";
            case BOTH -> percent(change);
        };
    }

    private static String percent(Change change) {
        double ratio = change.ratio();
        return Double.isInfinite(ratio)
                ? "from 0"
                : String.format(Locale.ROOT, "%+.1f%%", Math.round(1000 * ratio) / 10.0 + 0.0);
    }

    /** A rate is a share of one CPU. */
    private String cpu(double nanos) {
        return basis == Basis.RATE
                ? String.format(Locale.ROOT, "%.2f", nanos / 1e7)
                : Numbers.duration(nanos);
    }

    private String bytes(double bytes) {
        return Numbers.bytes(bytes) + (basis == Basis.RATE ? "/s" : "");
    }

    private String count(double number) {
        return basis == Basis.RATE
                ? String.format(Locale.ROOT, "%.1f/s", number)
                : Numbers.count(number);
    }

    private String amount(Resource resource, double amount) {
        if (resource == Resource.ALLOCATION) {
            return bytes(amount);
        }
        return cpu(amount) + (basis == Basis.RATE ? "% of a CPU" : "");
    }

    /**
     * What grew too much, and by which methods. A container has its methods only if none below it
     * grew too much.
     */
    public List<String> regressions(List<Regression> found, Tolerance tolerance) {
        List<String> lines = new ArrayList<>();
        for (Regression each : found) {
            Change change = each.container().of(each.resource());
            String name = each.container().name();
            lines.add((name.equals("/") ? "/ without /jvm" : name) + " uses more "
                    + each.resource().title() + ": "
                    + change(each.resource(), change) + ", and "
                    + share(tolerance.part()) + " is allowed");
            if (found.stream().anyMatch(other -> isBelow(other, each))) {
                continue;
            }
            if (!comparison.hasSamples(each.resource())) {
                lines.add("  which methods is not known: a recording has no samples of "
                        + each.resource().title());
            }
            addMethods(lines, each.resource(), "by itself", each.own());
            addMethods(lines, each.resource(), "with what it calls", each.total());
        }
        return lines;
    }

    private static boolean isBelow(Regression other, Regression each) {
        String above = each.container().path();
        String path = other.container().path();
        return other.resource() == each.resource()
                && other.container().hierarchy().equals(each.container().hierarchy())
                && !path.equals(above)
                && path.startsWith(above.equals("/") ? above : above + "/");
    }

    private void addMethods(
            List<String> lines, Resource resource, String how, List<MethodChange> methods) {
        for (MethodChange each : methods) {
            lines.add("  " + each.method() + ", " + how + ": " + change(resource, each.change()));
        }
    }

    private String change(Resource resource, Change change) {
        return amount(resource, change.before()) + BETWEEN + amount(resource, change.after()) + " ("
                + percent(change) + ")";
    }

    /** What {@code --fail-over} has compared. */
    public String verdict(boolean isPassed, Tolerance tolerance) {
        String floor = "growth below " + share(tolerance.floor())
                + " of what the process used before is not counted ("
                + amount(Resource.CPU, tolerance.floor(comparison, Resource.CPU, basis)) + ", "
                + amount(
                        Resource.ALLOCATION,
                        tolerance.floor(comparison, Resource.ALLOCATION, basis))
                + ")";
        return (isPassed ? "passed: no container" : "failed: a container") + " grew by more than "
                + share(tolerance.part()) + "; " + floor;
    }

    private static String share(double part) {
        double percent = Math.round(100_000 * part) / 1000.0;
        return (percent == Math.rint(percent)
                        ? String.format(Locale.ROOT, "%.0f", percent)
                        : String.valueOf(percent))
                + "%";
    }

    private static String left(String text, int width) {
        return text + " ".repeat(Math.max(0, width - FittedText.columns(text)));
    }

    private static String right(String text, int width) {
        return " ".repeat(Math.max(1, width - text.length())) + text;
    }
}
