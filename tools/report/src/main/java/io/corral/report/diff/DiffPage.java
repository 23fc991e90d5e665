package io.corral.report.diff;

import com.fasterxml.jackson.jr.ob.JSON;

import io.corral.report.Report;
import io.corral.report.page.JsonInHtml;
import io.corral.report.page.Page;
import io.corral.report.page.PrunedStacks;
import io.corral.report.samples.StackTable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The page that compares two recordings: one file of HTML, which loads no other file. */
public final class DiffPage {

    private static final List<String> STYLES = List.of("report.css", "diff.css");

    /** In the order in which they depend on each other. */
    private static final List<String> SCRIPTS = List.of(
            "text.js",
            "window.js",
            "diff-model.js",
            "stacks.js",
            "flame.js",
            "diff-flame.js",
            "diff.js");

    /** A page with more nodes is slow to open. */
    private static final int MAX_NODES = 40_000;

    private static final int MAX_ROWS = 250_000;
    private static final double NANOS_PER_MICRO = 1000;
    private static final double BYTES_PER_KIB = 1024;

    private final Comparison comparison;
    private final Basis basis;

    private DiffPage(Comparison comparison, Basis basis) {
        this.comparison = comparison;
        this.basis = basis;
    }

    /**
     * The default file of the page, in the folder of the second recording: {@code app-diff.html}
     * for {@code app.jfr}.
     */
    public static Path fileFor(Path after) {
        return Report.pageFor(after, "-diff.html");
    }

    /** @param basis what the page shows when it is opened; its reader can change that */
    public static void write(Comparison comparison, Basis basis, Path file) throws IOException {
        String json = JsonInHtml.escaped(JSON.std.asString(new DiffPage(comparison, basis).json()));
        String html = Page.html("diff.html", STYLES, SCRIPTS, json);
        Files.write(file, html.getBytes(StandardCharsets.UTF_8));
    }

    private Map<String, Object> json() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("before", recording(comparison.before()));
        all.put("after", recording(comparison.after()));
        all.put("basis", basis.word());
        all.put("haveSameLength", comparison.haveSameLength());
        all.put("process", pair(comparison.whole(Resource.CPU, Basis.TOTAL), NANOS_PER_MICRO));
        List<Object> hierarchies = new ArrayList<>();
        comparison
                .hierarchies()
                .forEach(name -> hierarchies.add(Map.of(
                        "name",
                        name,
                        "containers",
                        containers(name).stream().map(DiffPage::container).toList())));
        all.put("hierarchies", hierarchies);
        all.put("samples", samples());
        return all;
    }

    private Map<String, Object> recording(RecordedUsage recording) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("name", recording.name());
        all.put("millis", Math.max(1, TimeUnit.NANOSECONDS.toMillis(recording.nanos())));
        all.put("facts", recording.facts());
        all.put("hasStays", recording.hasStays());
        all.put("lostBytes", recording.lostBytes());
        String damage = recording.damage();
        if (damage != null) {
            all.put("damage", damage);
        }
        for (Resource resource : Resource.values()) {
            SampledStacks samples = comparison.samples(recording, resource);
            all.put(
                    key(resource),
                    Map.of(
                            "event",
                            samples.event(),
                            "samples",
                            samples.size(),
                            "placed",
                            samples.placed()));
        }
        return all;
    }

    private static String key(Resource resource) {
        return resource == Resource.CPU ? "cpu" : "allocation";
    }

    /** Parents before their children. */
    private List<ContainerChange> containers(String hierarchy) {
        List<ContainerChange> all = new ArrayList<>(comparison.changes(hierarchy, Basis.TOTAL));
        all.sort(Comparator.comparing(ContainerChange::path));
        return all;
    }

    private static Map<String, Object> container(ContainerChange change) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("path", change.path());
        all.put("cpu", pair(change.cpu(), NANOS_PER_MICRO));
        all.put("allocation", pair(change.allocated(), BYTES_PER_KIB));
        all.put("started", pair(change.started(), 1));
        if (change.presence() != ContainerChange.Presence.BOTH) {
            all.put("presence", change.presence().name());
        }
        if (change.isOfJvm()) {
            all.put("outside", true);
        }
        return all;
    }

    private static long[] pair(Change change, double unit) {
        return new long[] {Math.round(change.before() / unit), Math.round(change.after() / unit)};
    }

    private Map<String, Object> samples() {
        StackTable table = comparison.stacks();
        int none = comparison.stackOfNone();
        int[] counts = new int[table.size()];
        // It is kept, however many samples a stack must have.
        counts[none] = Integer.MAX_VALUE / 4;
        for (Resource resource : Resource.values()) {
            comparison.samples(comparison.before(), resource).addCounts(counts);
            comparison.samples(comparison.after(), resource).addCounts(counts);
        }
        int minSamples = 1;
        while (true) {
            PrunedStacks stacks = new PrunedStacks(table, counts, minSamples);
            Rows rows = new Rows(stacks.kept());
            boolean isSmall = stacks.size() <= MAX_NODES && rows.size() <= MAX_ROWS;
            if (isSmall || stacks.size() <= 2) {
                Map<String, Object> all = new LinkedHashMap<>();
                all.put("minSamples", minSamples);
                all.put("stacks", stacks.columns());
                all.put("rows", rows.columns);
                return all;
            }
            minSamples *= 2;
        }
    }

    /**
     * For each resource and hierarchy, rows of a container's number, a node, and what the container
     * used itself in stacks that end at the node, before and after.
     */
    private final class Rows {

        private final Map<String, List<Map<String, Object>>> columns = new LinkedHashMap<>();
        private int size;

        Rows(int[] kept) {
            for (Resource resource : Resource.values()) {
                List<Map<String, Object>> all = new ArrayList<>();
                if (comparison.hasSamples(resource)) {
                    comparison.hierarchies().forEach(name -> all.add(rows(name, resource, kept)));
                }
                columns.put(key(resource), all);
            }
        }

        int size() {
            return size;
        }

        private Map<String, Object> rows(String hierarchy, Resource resource, int[] kept) {
            Map<String, Integer> numbers = new HashMap<>();
            containers(hierarchy).forEach(each -> numbers.put(each.path(), numbers.size()));
            List<Long> keys = new ArrayList<>();
            List<Change> changes = new ArrayList<>();
            comparison.byStack(hierarchy, resource, Basis.TOTAL).forEach((path, stacks) -> {
                Map<Integer, Change> merged = new LinkedHashMap<>();
                stacks.forEach((stack, change) -> merged.merge(kept[stack], change, Change::plus));
                int number = numbers.getOrDefault(path, 0);
                merged.forEach((node, change) -> {
                    keys.add(((long) number << Integer.SIZE) | node);
                    changes.add(change);
                });
            });
            size += keys.size();
            double unit = resource == Resource.CPU ? NANOS_PER_MICRO : BYTES_PER_KIB;
            return Map.of(
                    "container",
                    keys.stream().mapToInt(key -> (int) (key >>> Integer.SIZE)).toArray(),
                    "node",
                    keys.stream().mapToInt(Long::intValue).toArray(),
                    "before",
                    changes.stream().mapToLong(each -> pair(each, unit)[0]).toArray(),
                    "after",
                    changes.stream().mapToLong(each -> pair(each, unit)[1]).toArray());
        }
    }
}
