package io.corral.benchmarks.harness;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** Prints one line a figure: its median, the 95% interval of the median, and its budget. */
public final class Report {

    public static final double NO_BUDGET = Double.NaN;

    /** The interval of fewer values says nothing. */
    private static final int FEWEST_VALUES = 3;

    private static final Path CPUS = Path.of("/proc/cpuinfo");

    private final PrintStream out;

    public Report(PrintStream out) {
        this.out = out;
    }

    void section(String title, Jdk jdk) {
        out.printf(
                "%n%s: JDK %s, %s, %d CPUs%n",
                title, jdk.version(), cpu(), Runtime.getRuntime().availableProcessors());
    }

    private static String cpu() {
        try (Stream<String> lines = Files.lines(CPUS)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.replaceFirst("[^:]*:\\s*", ""))
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }

    public void note(String text) {
        out.println("  " + text);
    }

    public void show(String what, Sample sample, String unit) {
        show(what, sample, unit, NO_BUDGET);
    }

    public void show(String what, Sample sample, String unit, double budget) {
        boolean isExceeded =
                sample.values().size() >= FEWEST_VALUES && sample.interval().low() > budget;
        String limit = Double.isNaN(budget) ? "" : "  budget " + number(budget) + " " + unit;
        out.println(row(what, sample, unit) + limit + (isExceeded ? ", exceeded" : ""));
    }

    static String row(String what, Sample sample, String unit) {
        Sample.Interval interval = sample.interval();
        return String.format(
                Locale.ROOT,
                "  %-66s %9s %-5s (%s to %s, n=%d)",
                what,
                number(sample.median()),
                unit,
                number(interval.low()),
                number(interval.high()),
                sample.values().size());
    }

    /** Formats a number with three or four digits. */
    static String number(double value) {
        double size = Math.abs(value);
        String format =
                size >= 1_000 ? "%,.0f" : size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.3f";
        return String.format(Locale.ROOT, format, value);
    }
}
