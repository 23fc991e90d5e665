package io.corral.report.page;

import io.corral.report.samples.Samples;
import io.corral.report.samples.StackTable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The nodes of the stack table that have enough samples. Samples of other nodes are counted at
 * their nearest caller that has.
 */
public final class PrunedStacks {

    private final StackTable table;

    /** For each node of the table: the number of the kept node that stands for it. */
    private final int[] kept;

    private final List<Integer> nodes = new ArrayList<>();

    PrunedStacks(StackTable table, List<Samples> samples, int minSamples) {
        this(table, counts(table, samples), minSamples);
    }

    /** @param own for each node, the number of samples that end there */
    public PrunedStacks(StackTable table, int[] own, int minSamples) {
        this.table = table;
        this.kept = new int[table.size()];
        int[] counts = own.clone();
        for (int node = table.size() - 1; node > StackTable.ROOT; node--) {
            counts[table.parent(node)] += counts[node];
        }
        for (int node = 0; node < table.size(); node++) {
            if (node == StackTable.ROOT || counts[node] >= minSamples) {
                kept[node] = nodes.size();
                nodes.add(node);
            } else {
                kept[node] = kept[table.parent(node)];
            }
        }
    }

    private static int[] counts(StackTable table, List<Samples> samples) {
        int[] counts = new int[table.size()];
        for (Samples each : samples) {
            for (int i = 0; i < each.size(); i++) {
                counts[each.stack(i)]++;
            }
        }
        return counts;
    }

    public int size() {
        return nodes.size();
    }

    /** For each node of the table: the number of the kept node that stands for it. */
    public int[] kept() {
        return kept;
    }

    /** The columns {@code parent} and {@code frame}, and the names of the frames. */
    public Map<String, Object> columns() {
        Map<Integer, Integer> frames = new LinkedHashMap<>();
        int[] parents = new int[nodes.size()];
        int[] nodeFrames = new int[nodes.size()];
        for (int i = 0; i < nodes.size(); i++) {
            int node = nodes.get(i);
            parents[i] = kept[table.parent(node)];
            nodeFrames[i] = frames.computeIfAbsent(table.frameOf(node), unseen -> frames.size());
        }
        return Map.of(
                "parent",
                parents,
                "frame",
                nodeFrames,
                "frames",
                frames.keySet().stream().map(table::name).toList());
    }
}
