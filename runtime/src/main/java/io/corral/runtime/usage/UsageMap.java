package io.corral.runtime.usage;

import io.corral.Container;
import io.corral.Usage;
import io.corral.runtime.container.ApiObjects;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.ContainerTable;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The usage of each container of a hierarchy, parents first. It never changes. Maps of consecutive
 * readings share what has not changed.
 */
public final class UsageMap extends AbstractMap<Container, Usage> {

    public static final UsageMap EMPTY =
            new UsageMap(new ContainerNode[0], new Usage[0], new Usage[0], 0);

    /** The containers by slot; null where a slot is free. */
    private final @Nullable ContainerNode[] nodes;

    /** The usages by the same index. The array may be longer. */
    private final @Nullable Usage[] usages;

    /** The usages of removed children, by the same index. */
    private final @Nullable Usage[] removed;

    private final int size;

    /** The slots by container; null until the slot of a container that is looked up has changed. */
    private @Nullable Map<ContainerNode, Integer> slots;

    UsageMap(
            @Nullable ContainerNode[] nodes,
            @Nullable Usage[] usages,
            @Nullable Usage[] removed,
            int size) {
        this.nodes = nodes;
        this.usages = usages;
        this.removed = removed;
        this.size = size;
    }

    /** Receives a container with a changed usage. */
    public interface Change {
        /** @param before null for a container that did not exist */
        void accept(Container container, Usage now, @Nullable Usage before);
    }

    /** Calls {@code action} for each container with another usage than in {@code before}. */
    // Usages that have not changed are the same object.
    @SuppressWarnings("ReferenceEquality")
    public void forEachChange(UsageMap before, Change action) {
        if (before == this) {
            return;
        }
        for (int slot = 0; slot < nodes.length; slot++) {
            ContainerNode node = nodes[slot];
            Usage now = usages[slot];
            if (node != null && now != null) {
                Usage then = before.usage(node, slot);
                if (then != now && !now.equals(then)) {
                    action.accept(node.api(), now, then);
                }
            }
        }
    }

    /** @param slot the probable index of the container; negative if it is not known */
    @Nullable Usage usage(ContainerNode node, int slot) {
        if (slot >= 0 && slot < nodes.length && nodes[slot] == node) {
            return usages[slot];
        }
        Integer known = slots().get(node);
        return known == null ? null : usages[known];
    }

    /** The elements of {@code from} in the order of {@code to}, where containers have new slots. */
    @Nullable Usage[] reordered(@Nullable Usage[] from, @Nullable ContainerNode[] to) {
        @Nullable Usage[] reordered = new @Nullable Usage[to.length];
        for (int slot = 0; slot < to.length; slot++) {
            Integer before = slots().get(to[slot]);
            reordered[slot] = before == null ? null : from[before];
        }
        return reordered;
    }

    /** The usage of removed containers, summed by parent. */
    Map<Container, Usage> removed() {
        Map<Container, Usage> all = new HashMap<>();
        for (int slot = 0; slot < nodes.length; slot++) {
            ContainerNode node = nodes[slot];
            Usage usage = removed[slot];
            if (node != null && usage != null) {
                all.put(node.api(), usage);
            }
        }
        return Collections.unmodifiableMap(all);
    }

    private synchronized Map<ContainerNode, Integer> slots() {
        Map<ContainerNode, Integer> known = slots;
        if (known == null) {
            known = new HashMap<>(2 * size);
            for (int slot = 0; slot < nodes.length; slot++) {
                ContainerNode node = nodes[slot];
                if (node != null) {
                    known.put(node, slot);
                }
            }
            slots = known;
        }
        return known;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public @Nullable Usage get(@Nullable Object key) {
        if (!(key instanceof Container container)) {
            return null;
        }
        ContainerNode node = ApiObjects.Current.nodeOf(container);
        return node == null ? null : usage(node, ContainerTable.slot(node));
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return get(key) != null;
    }

    @Override
    public Set<Map.Entry<Container, Usage>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return size;
            }

            @Override
            public Iterator<Map.Entry<Container, Usage>> iterator() {
                return entries().iterator();
            }
        };
    }

    private List<Map.Entry<Container, Usage>> entries() {
        List<Map.Entry<Container, Usage>> entries = new ArrayList<>(size);
        for (int slot = 0; slot < nodes.length; slot++) {
            ContainerNode node = nodes[slot];
            Usage usage = usages[slot];
            if (node != null && usage != null) {
                entries.add(Map.entry(node.api(), usage));
            }
        }
        return Collections.unmodifiableList(entries);
    }
}
