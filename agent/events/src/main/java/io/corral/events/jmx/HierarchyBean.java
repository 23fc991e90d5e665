package io.corral.events.jmx;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Hierarchy;
import io.corral.Snapshot;
import io.corral.Usage;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.contention.Contention;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads a snapshot at each call. */
final class HierarchyBean implements HierarchyMXBean {

    private static final String ROOT = "/";

    private final HierarchyTree tree;
    private final Hierarchy hierarchy;

    HierarchyBean(HierarchyTree tree) {
        this.tree = tree;
        this.hierarchy = tree.api();
    }

    @Override
    public String getName() {
        return hierarchy.name();
    }

    @Override
    public int getContainerCount() {
        return Containers.snapshot().usages(hierarchy).size();
    }

    @Override
    public Map<String, ContainerUsage> getUsages() {
        return subtree(ROOT);
    }

    @Override
    public Map<String, ContainerUsage> subtree(String path) {
        Map<String, ContainerUsage> usages = new LinkedHashMap<>();
        for (Map.Entry<Container, Usage> row : rows(Containers.snapshot(), path)) {
            usages.put(row.getKey().path(), new ContainerUsage(row.getValue()));
        }
        return usages;
    }

    @Override
    public UsageColumns columns() {
        return columns(ROOT);
    }

    @Override
    public UsageColumns columns(String path) {
        Snapshot snapshot = Containers.snapshot(Duration.ZERO);
        return new UsageColumns(snapshot, rows(snapshot, path));
    }

    @Override
    public MeanwhileColumns ranMeanwhile() {
        return new MeanwhileColumns(Contention.recent(tree));
    }

    private List<Map.Entry<Container, Usage>> rows(Snapshot snapshot, String path) {
        Objects.requireNonNull(path, "path");
        String below = path.equals(ROOT) ? path : path + ROOT;
        List<Map.Entry<Container, Usage>> rows = new ArrayList<>();
        for (Map.Entry<Container, Usage> each : snapshot.usages(hierarchy).entrySet()) {
            String of = each.getKey().path();
            if (of.equals(path) || of.startsWith(below)) {
                rows.add(each);
            }
        }
        if (rows.isEmpty()) {
            throw new IllegalArgumentException(
                    "no container " + path + " in the hierarchy " + hierarchy.name());
        }
        return rows;
    }
}
