package io.corral.report.page;

import io.corral.report.placement.UnplacedReason;
import io.corral.report.recording.RecordingContents;
import io.corral.report.samples.Samples;
import io.corral.report.usage.TimeAxis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The part of the page's data that has the samples, with their stacks and places. */
final class SamplesJson {

    /**
     * A page with more nodes is slow to open. Stacks with few samples are cut until there are
     * fewer.
     */
    private static final int MAX_NODES = 40_000;

    private static final int MAX_ROWS = 250_000;
    private static final int NAMED_THREADS = 5;

    private final RecordingContents contents;
    private final TimeAxis axis;
    private final PlaceSets sets;
    private final Samples cpu;
    private final int[] cpuSets;
    private final int[] allocationSets;
    private final WaitsJson waits;

    SamplesJson(RecordingContents contents, TimeAxis axis) {
        this.contents = contents;
        this.axis = axis;
        this.sets = new PlaceSets(contents);
        this.cpu = contents.cpuSamples();
        this.cpuSets = sets(cpu);
        this.allocationSets = sets(contents.allocations);
        this.waits = new WaitsJson(contents, sets);
    }

    private int[] sets(Samples samples) {
        int[] found = new int[samples.size()];
        Arrays.setAll(found, i -> sets.find(samples.thread(i), samples.nanos(i)));
        return found;
    }

    Map<String, Object> json() {
        int minSamples = 1;
        while (true) {
            PrunedStacks stacks = new PrunedStacks(
                    contents.stacks,
                    List.of(cpu, contents.allocations, contents.waits.samples()),
                    minSamples);
            SampleRows cpuRows = new SampleRows(cpu, cpuSets, stacks.kept(), axis);
            SampleRows allocationRows =
                    new SampleRows(contents.allocations, allocationSets, stacks.kept(), axis);
            WaitsJson.Rows waitRows = waits.rows(stacks.kept(), axis);
            int rows = cpuRows.size() + allocationRows.size() + waitRows.size();
            boolean isSmall = stacks.size() <= MAX_NODES && rows <= MAX_ROWS;
            if (isSmall || minSamples > size()) {
                Map<String, Object> all = json(stacks, cpuRows, allocationRows, minSamples);
                all.put("waits", waitRows.columns());
                all.put("waitKinds", waits.kinds());
                return all;
            }
            minSamples *= 2;
        }
    }

    private int size() {
        return cpu.size() + contents.allocations.size() + contents.waits.size();
    }

    private Map<String, Object> json(
            PrunedStacks stacks, SampleRows cpuRows, SampleRows allocationRows, int minSamples) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("minSamples", minSamples);
        all.put("stacks", stacks.columns());
        all.put("sets", sets.all());
        all.put("reasons", PlaceSets.REASONS.stream().map(UnplacedReason::name).toList());
        all.put("cpu", kind(cpu, cpuSets, cpuRows));
        all.put("allocation", kind(contents.allocations, allocationSets, allocationRows));
        return all;
    }

    private Map<String, Object> kind(Samples samples, int[] placed, SampleRows rows) {
        Map<String, Object> all = new LinkedHashMap<>(rows.columns());
        all.put("event", samples.event());
        all.put("samples", samples.size());
        all.put("unplaced", unplaced(samples, placed));
        return all;
    }

    /**
     * For each reason: the number of samples that were not placed, and the threads with most of
     * these.
     */
    private List<Object> unplaced(Samples samples, int[] placed) {
        int main = mainHierarchy();
        List<List<Integer>> all = sets.all();
        Map<Integer, Map<String, Integer>> threads = new TreeMap<>();
        for (int i = 0; i < samples.size(); i++) {
            int place = all.get(placed[i]).get(main);
            if (place < 0) {
                threads.computeIfAbsent(-1 - place, reason -> new TreeMap<>())
                        .merge(samples.thread(i).name(), 1, Integer::sum);
            }
        }
        List<Object> rows = new ArrayList<>();
        threads.forEach((reason, counts) -> rows.add(Map.of(
                "reason",
                reason,
                "samples",
                counts.values().stream().mapToInt(Integer::intValue).sum(),
                "threads",
                counts.entrySet().stream()
                        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                        .limit(NAMED_THREADS)
                        .map(entry -> List.of(entry.getKey(), entry.getValue()))
                        .toList())));
        return rows;
    }

    private int mainHierarchy() {
        return List.copyOf(contents.hierarchies.keySet()).indexOf("main");
    }
}
