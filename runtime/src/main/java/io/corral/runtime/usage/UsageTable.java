package io.corral.runtime.usage;

import io.corral.Usage;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.ContainerTable;
import io.corral.runtime.container.Trees;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The usages of a hierarchy's containers as of the last reading. A reading computes those that have
 * changed, and copies the references to the others. Guarded by {@link Trees#LOCK}.
 */
final class UsageTable {

    /** Computes the usage of a container. */
    interface Source {
        Usage usage(ContainerNode container);
    }

    private final ContainerTable containers;

    private @Nullable ContainerNode[] nodes = {};
    private @Nullable Usage[] usages = {};
    private int version;
    private int layout;

    /** The map of these arrays; null if they are changed before the next is made. */
    private @Nullable UsageMap map;

    UsageTable(ContainerTable containers) {
        this.containers = containers;
    }

    /**
     * If memory is exhausted half-way, the next call does the rest.
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
            Usage usage = isHere(each) ? source.usage(each) : null;
            if (usage != null && !usage.equals(usages[ContainerTable.slot(each)])) {
                copy();
                usages[ContainerTable.slot(each)] = usage;
            }
        }
        UsageMap known = map;
        if (known == null) {
            known = new UsageMap(nodes, usages, containers.size());
            map = known;
        }
        return known;
    }

    /** Before a change, since a map has the arrays. */
    private void copy() {
        if (layout != containers.layout()) {
            @Nullable ContainerNode[] copied = containers.copy();
            @Nullable Usage[] moved = new @Nullable Usage[copied.length];
            UsageMap before = new UsageMap(nodes, usages, 0);
            for (int slot = 0; slot < copied.length; slot++) {
                ContainerNode node = copied[slot];
                moved[slot] = node == null ? null : before.usage(node, -1);
            }
            set(copied, moved);
        } else if (version != containers.version()) {
            @Nullable ContainerNode[] copied = containers.copy();
            set(copied, Arrays.copyOf(usages, copied.length));
        } else if (map != null) {
            usages = usages.clone();
        }
        map = null;
    }

    private void set(@Nullable ContainerNode[] copied, @Nullable Usage[] moved) {
        nodes = copied;
        usages = moved;
        version = containers.version();
        layout = containers.layout();
    }

    private boolean isHere(ContainerNode node) {
        int slot = ContainerTable.slot(node);
        return slot < nodes.length && nodes[slot] == node;
    }

    private void compute(ContainerNode node, Source source) {
        if (isHere(node)) {
            usages[ContainerTable.slot(node)] = source.usage(node);
        }
    }
}
