package io.corral.runtime.usage;

import io.corral.Usage;
import io.corral.runtime.accounting.MutableUsage;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.ContainerTable;
import io.corral.runtime.container.Trees;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The usages of a hierarchy's containers as of the last reading. A reading computes those that have
 * changed, and copies the references to the others. Guarded by {@link Trees#LOCK}.
 */
final class UsageTable implements ContainerTable.Reading {

    /** Computes the usage of a container from its sums. */
    interface Source {
        Usage usage(ContainerNode container, MutableUsage sum);
    }

    private final ContainerTable containers;

    private @Nullable ContainerNode[] nodes = {};
    private @Nullable Usage[] usages = {};

    /** The usages of removed children, by the same index. */
    private @Nullable Usage[] removed = {};

    private int version;
    private int layout;

    /** The map that shares these arrays; null after they have changed. */
    private @Nullable UsageMap map;

    UsageTable(ContainerTable containers) {
        this.containers = containers;
    }

    /**
     * If memory is exhausted in between, the next call completes the work.
     *
     * @param always containers that are computed in any case
     */
    UsageMap read(Iterable<ContainerNode> always, Source source) {
        if (version != containers.version() || containers.firstChanged() != null) {
            copy();
        }
        for (ContainerNode changed = containers.firstChanged();
                changed != null;
                changed = containers.firstChanged()) {
            compute(changed, source);
            containers.firstIsRead();
        }
        for (ContainerNode each : always) {
            Usage usage = contains(each) ? source.usage(each, each.sum()) : null;
            if (usage != null && !usage.equals(usages[ContainerTable.slot(each)])) {
                copy();
                usages[ContainerTable.slot(each)] = usage;
            }
        }
        UsageMap known = map;
        if (known == null) {
            known = new UsageMap(nodes, usages, removed, containers.size());
            map = known;
        }
        return known;
    }

    /** Called before a change, since a map shares the arrays. */
    private void copy() {
        if (layout != containers.layout()) {
            @Nullable ContainerNode[] copied = containers.copy();
            UsageMap before = new UsageMap(nodes, usages, removed, 0);
            usages = before.reordered(usages, copied);
            removed = before.reordered(removed, copied);
            set(copied);
        } else if (version != containers.version()) {
            @Nullable ContainerNode[] copied = containers.copy();
            usages = Arrays.copyOf(usages, copied.length);
            removed = Arrays.copyOf(removed, copied.length);
            set(copied);
        } else if (map != null) {
            usages = usages.clone();
            removed = removed.clone();
        }
        map = null;
    }

    private void set(@Nullable ContainerNode[] copied) {
        nodes = copied;
        version = containers.version();
        layout = containers.layout();
    }

    private boolean contains(ContainerNode node) {
        int slot = ContainerTable.slot(node);
        return slot < nodes.length && nodes[slot] == node;
    }

    private void compute(ContainerNode node, Source source) {
        if (contains(node)) {
            int slot = ContainerTable.slot(node);
            usages[slot] = source.usage(node, node.sum());
            MutableUsage ofRemoved = node.removedSum();
            removed[slot] = ofRemoved == null ? null : source.usage(node, ofRemoved);
        }
    }
}
