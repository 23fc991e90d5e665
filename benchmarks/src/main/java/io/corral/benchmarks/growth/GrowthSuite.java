package io.corral.benchmarks.growth;

import io.corral.benchmarks.harness.ChildJvm;
import io.corral.benchmarks.harness.Jars;
import io.corral.benchmarks.harness.Jdk;
import io.corral.benchmarks.harness.Session;
import io.corral.benchmarks.harness.Setup;
import io.corral.benchmarks.harness.Suite;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;

/** Measures each cost in small and in large installations, and how it grows. */
@Command(
        name = "growth",
        description = "How costs grow with containers, hierarchies and threads.")
public final class GrowthSuite extends Suite {

    private static final String FORMAT = "%-28s %9s %9s %9s %9s %9s %9s %9s";

    /** The figures of the program, and by what they are divided to be shown. */
    private static final Map<String, Integer> FIGURES = new LinkedHashMap<>();

    static {
        FIGURES.put("fork", 1_000);
        FIGURES.put("enter", 1);
        FIGURES.put("request", 1_000);
        FIGURES.put("usage", 1_000);
        FIGURES.put("snapshot", 1_000);
        FIGURES.put("recording", 1_000_000);
        FIGURES.put("heap.container", 1);
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

    public GrowthSuite(Session session) {
        super(session);
    }

    @Override
    protected String title() {
        return "growth";
    }

    @Override
    protected void run(Jdk jdk, Jars jars) throws Exception {
        report().note(String.format(
                Locale.ROOT,
                FORMAT,
                "",
                "fork us",
                "enter ns",
                "request us",
                "usage us",
                "snap. us",
                "JFR ms/s",
                "bytes"));
        int most = quickOr(10_000, 100_000);
        List<Map<String, Double>> rows = new ArrayList<>();
        for (int containers = 10; containers <= most; containers *= 10) {
            rows.add(measure(jdk, jars, containers + " containers",
                    new Size(containers, 1, 0, 0, 0)));
        }
        slope(rows, "containers", most / 10.0);
        rows.clear();
        for (int hierarchies = 1; hierarchies <= 4; hierarchies *= 2) {
            rows.add(measure(jdk, jars, "1000 in " + hierarchies + " hierarchies",
                    new Size(1_000, hierarchies, 0, 0, 0)));
        }
        slope(rows, "hierarchies", 4);
        rows.clear();
        int threads = quickOr(2_000, 20_000);
        for (int platform : new int[] {100, threads / 10, threads}) {
            rows.add(measure(jdk, jars, platform + " platform threads",
                    new Size(10, 1, platform, 0, 0)));
        }
        slope(rows, "platform threads", threads / 100.0);
        rows.clear();
        if (jdk.hasVirtualThreads()) {
            int virtual = quickOr(100_000, 1_000_000);
            for (int count : new int[] {virtual / 100, virtual / 10, virtual}) {
                rows.add(measure(jdk, jars, count + " virtual threads",
                        new Size(10, 1, 0, count, 0)));
            }
            slope(rows, "virtual threads", 100);
        }
        int requests = quickOr(100_000, 10_000_000);
        measure(jdk, jars, requests + " requests", new Size(10, 1, 0, 0, requests));
    }

    private Map<String, Double> measure(Jdk jdk, Jars jars, String what, Size size)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(jdk.java().toString()));
        command.addAll(Setup.EXACT.flags(jars));
        command.addAll(List.of("-Xmx3g", "-Xss256k"));
        command.addAll(List.of(
                "-cp",
                jars.benchmarks() + ":" + jars.examplesClassPath(),
                GrowthProgram.class.getName()));
        command.addAll(size.arguments());
        Map<String, Double> figures = new LinkedHashMap<>();
        for (String line : ChildJvm.run(command).lines().toList()) {
            String[] words = line.split(" ", -1);
            if (words.length == 2 && FIGURES.containsKey(words[0])) {
                figures.put(words[0], Double.parseDouble(words[1]));
            }
        }
        row(what, figures, true);
        return figures;
    }

    /** The exponent of the growth from the first row to the last: 0 is flat, 1 is linear. */
    private void slope(List<Map<String, Double>> rows, String what, double times) {
        Map<String, Double> slopes = new LinkedHashMap<>();
        for (String figure : FIGURES.keySet()) {
            double first = rows.get(0).getOrDefault(figure, Double.NaN);
            double last = rows.get(rows.size() - 1).getOrDefault(figure, Double.NaN);
            slopes.put(figure, Math.log(last / first) / Math.log(times));
        }
        row("slope, " + what, slopes, false);
    }

    private void row(String what, Map<String, Double> figures, boolean isScaled) {
        Object[] cells = new Object[FIGURES.size() + 1];
        cells[0] = what;
        int i = 1;
        for (Map.Entry<String, Integer> figure : FIGURES.entrySet()) {
            double value = figures.getOrDefault(figure.getKey(), Double.NaN);
            double shown = isScaled ? value / figure.getValue() : value;
            cells[i++] = String.format(Locale.ROOT, isScaled && shown >= 100 ? "%.0f" : "%.2f", shown);
        }
        report().note(String.format(Locale.ROOT, FORMAT, cells));
    }
}
