package io.corral.runtime.membership;

import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.HierarchyTree;

import java.lang.ref.WeakReference;

/**
 * The places of a retired membership: one of its containers was removed. Closed scopes and meters
 * of idle threads may refer to such a membership for long, and must not keep removed containers
 * reachable. So it refers to them weakly. An open scope refers to its container itself.
 */
final class RetiredPlaces {

    /** The containers by the index of their hierarchy. */
    private final WeakReference<ContainerNode>[] places;

    /** The membership with the same places, but with the parent of the removed container. */
    final Membership successor;

    @SuppressWarnings({"unchecked", "rawtypes"})
    RetiredPlaces(ContainerNode[] places, Membership successor) {
        this.places = new WeakReference[places.length];
        for (int i = 0; i < places.length; i++) {
            this.places[i] = new WeakReference<>(places[i]);
        }
        this.successor = successor;
    }

    /** The container in a hierarchy, or that of the successor if it was collected. */
    ContainerNode container(HierarchyTree hierarchy) {
        ContainerNode known =
                hierarchy.index < places.length ? places[hierarchy.index].get() : null;
        return known == null ? successor.container(hierarchy) : known;
    }
}
