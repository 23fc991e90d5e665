package io.corral.benchmarks.growth;

import io.corral.benchmarks.harness.ChildJvm;
import io.corral.benchmarks.harness.Jars;
import io.corral.benchmarks.harness.Jdk;
import io.corral.benchmarks.harness.Setup;
import io.corral.benchmarks.harness.Suite;
import io.corral.benchmarks.harness.SuiteOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures each cost in small and in large installations, and how it grows. */
@Command(
        name = "growth",
        description = "How costs grow with containers, hierarchies, threads and requests.")
public final class GrowthSuite extends Suite {

    @Option(
            names = "--only",
            paramLabel = "AXIS",
            description = "What grows: ${COMPLETION-CANDIDATES}. Default: all, one after another.")
    private @Nullable Axis only;

    /** What grows. */
    private enum Axis {
        containers,
        hierarchies,
        platform,
        virtual,
        requests
    }

    /** What the program makes; a row of the table. */
    private record Size(int containers, int hierarchies, int platform, int virtual, int requests) {

        List<String> arguments() {
            return List.of(
                    String.valueOf(containers),
                    String.valueOf(hierarchies),
                    String.valueOf(platform),
                    String.valueOf(virtual),
                    String.valueOf(requests));
        }
    }

    /** A figure of the program, and by what it is divided to be shown under its heading. */
    private record Figure(String key, String heading, int unit) {

        /** An empty text if the program has not measured it. */
        String show(Map<String, Double> figures) {
            double value = value(figures) / unit;
            if (!Double.isFinite(value)) {
                return "";
            }
            return String.format(Locale.ROOT, Math.abs(value) >= 100 ? "%.0f" : "%.1f", value);
        }

        double value(Map<String, Double> figures) {
            return figures.getOrDefault(key, Double.NaN);
        }

        /** The exponent of the growth from the first row to the last: 0 is flat, 1 is linear. */
        String slope(List<Map<String, Double>> rows, double times) {
            double growth = value(rows.get(rows.size() - 1)) / value(rows.get(0));
            double slope = Math.log(growth) / Math.log(times);
            return Double.isFinite(slope) ? String.format(Locale.ROOT, "%.2f", slope) : "";
        }
    }

    private static final List<Figure> TIMES = List.of(
            new Figure("fork", "fork us", 1_000),
            new Figure("enter", "enter ns", 1),
            new Figure("request", "request us", 1_000),
            new Figure("remove", "remove us", 1_000),
            new Figure("usage", "usage us", 1_000),
            new Figure("snapshot", "snap. us", 1_000),
            new Figure("jfr.cpu", "JFR ms/s", 1_000_000),
            new Figure("jfr.rotation", "rotation ms", 1),
            new Figure("jfr.begin", "begin ms", 1));

    private static final List<Figure> BYTES = List.of(
            new Figure("fork.bytes", "fork B", 1),
            new Figure("enter.bytes", "enter B", 1),
            new Figure("request.bytes", "request B", 1),
            new Figure("remove.bytes", "remove B", 1),
            new Figure("usage.bytes", "usage KB", 1_000),
            new Figure("snapshot.bytes", "snap. KB", 1_000),
            new Figure("jfr.bytes", "JFR KB/s", 1_000),
            new Figure("heap.container", "container B", 1),
            new Figure("heap.thread", "thread B", 1),
            new Figure("heap.left", "left B", 1));

    public GrowthSuite(SuiteOptions session) {
        super(session);
    }

    @Override
    protected String title() {
        return "growth";
    }

    @Override
    protected void run(Jdk jdk, Jars jars) throws Exception {
        row("time", TIMES, Figure::heading);
        row("memory", BYTES, Figure::heading);
        for (Axis axis : Axis.values()) {
            if (only == null || only == axis) {
                run(jdk, jars, axis);
            }
        }
    }

    private void run(Jdk jdk, Jars jars, Axis axis) throws IOException, InterruptedException {
        switch (axis) {
            case containers ->
                rows(
                        jdk,
                        jars,
                        "containers",
                        timesTen(10, quickOr(10_000, 100_000)),
                        count -> new Size(count, 1, 0, 0, 0));
            case hierarchies ->
                rows(
                        jdk,
                        jars,
                        "hierarchies of 1,000",
                        List.of(1, 2, 4),
                        count -> new Size(1_000, count, 0, 0, 0));
            case platform ->
                rows(
                        jdk,
                        jars,
                        "platform threads",
                        List.of(100, 2_000, quickOr(4_000, 20_000)),
                        count -> new Size(10, 1, count, 0, 0));
            case virtual -> {
                if (jdk.hasVirtualThreads()) {
                    rows(
                            jdk,
                            jars,
                            "virtual threads",
                            timesTen(1_000, quickOr(100_000, 1_000_000)),
                            count -> new Size(10, 1, 0, count, 0));
                }
            }
            case requests ->
                rows(
                        jdk,
                        jars,
                        "requests",
                        timesTen(10_000, quickOr(100_000, 10_000_000)),
                        count -> new Size(10, 1, 0, 0, count));
        }
    }

    private static List<Integer> timesTen(int first, int last) {
        List<Integer> numbers = new ArrayList<>();
        for (int number = first; number <= last; number *= 10) {
            numbers.add(number);
        }
        return numbers;
    }

    private void rows(Jdk jdk, Jars jars, String what, List<Integer> counts, IntFunction<Size> size)
            throws IOException, InterruptedException {
        List<Map<String, Double>> rows = new ArrayList<>();
        for (int count : counts) {
            Map<String, Double> figures = measure(jdk, jars, size.apply(count));
            row(count + " " + what, TIMES, figure -> figure.show(figures));
            row("", BYTES, figure -> figure.show(figures));
            rows.add(figures);
        }
        double times = counts.get(counts.size() - 1) / (double) counts.get(0);
        row("slope, " + what, TIMES, figure -> figure.slope(rows, times));
        row("", BYTES, figure -> figure.slope(rows, times));
    }

    private Map<String, Double> measure(Jdk jdk, Jars jars, Size size)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(jdk.java().toString()));
        command.addAll(Setup.EXACT.flags(jars));
        command.addAll(List.of("-Xmx3g", "-Xss256k", "-Xlog:jfr+startup=off"));
        command.addAll(List.of(
                "-cp",
                jars.benchmarks() + ":" + jars.examplesClassPath(),
                GrowthProgram.class.getName()));
        command.addAll(size.arguments());
        Map<String, Double> figures = new HashMap<>();
        for (String line : ChildJvm.run(command).lines().toList()) {
            String[] words = line.split(" ", -1);
            if (words.length == 2 && keys().contains(words[0])) {
                figures.put(words[0], Double.parseDouble(words[1]));
            }
        }
        return figures;
    }

    private static Set<String> keys() {
        return Stream.concat(TIMES.stream(), BYTES.stream())
                .map(Figure::key)
                .collect(Collectors.toSet());
    }

    private void row(String what, List<Figure> figures, Function<Figure, String> cell) {
        StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "%-28s", what));
        for (Figure figure : figures) {
            row.append(String.format(Locale.ROOT, "%12s", cell.apply(figure)));
        }
        report().note(row.toString());
    }
}
