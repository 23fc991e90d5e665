package io.corral.rules.methods;

import io.corral.rules.calls.Execution;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.Destination;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.membership.Places;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The containers that rules give for one execution, one in each hierarchy at most. */
final class FoundPlaces {

    private final ContainerNode[] containers;
    private int count;

    FoundPlaces(int most) {
        this.containers = new ContainerNode[most];
    }

    /** Adds the container of the first rule with a usable value, for each hierarchy. */
    void add(EntryRule[] rules, Execution execution) {
        for (EntryRule rule : rules) {
            add(rule, execution);
        }
    }

    private void add(EntryRule rule, Execution execution) {
        ContainerNode container = has(rule.tree()) ? null : rule.container(execution);
        if (container != null) {
            add(container);
        }
    }

    void add(ContainerNode container) {
        containers[count++] = container;
    }

    boolean has(HierarchyTree hierarchy) {
        return hierarchy.hasOneOf(containers, count);
    }

    int count() {
        return count;
    }

    private ContainerNode[] containers() {
        return Arrays.copyOf(containers, count);
    }

    /** These containers and then those of {@code others}. */
    ContainerNode[] followedBy(FoundPlaces others) {
        ContainerNode[] all = Arrays.copyOf(containers, count + others.count);
        System.arraycopy(others.containers, 0, all, count, others.count);
        return all;
    }

    /**
     * Reuses the known destination, so that the scope frame need not be written.
     *
     * @param last a known destination, or null
     * @return null if no container was found
     */
    @Nullable Destination destination(@Nullable Destination last) {
        if (count < 2) {
            return count == 0 ? null : containers[0];
        }
        return last instanceof Places known && known.are(containers, count)
                ? known
                : new Places(containers());
    }
}
