package io.corral.runtime.container;

import java.lang.ref.WeakReference;

/**
 * What a membership has in place of its containers when one of them was removed. Closed scopes and
 * meters of idle threads may keep the membership for long, and must not keep removed containers. A
 * scope that is open has its container itself.
 */
final class RetiredPlaces {

    /** By their hierarchy's index. */
    private final WeakReference<ContainerNode>[] places;

    /** The membership of these places, but with the parent of the one that was removed. */
    final Membership heir;

    @SuppressWarnings({"unchecked", "rawtypes"})
    RetiredPlaces(ContainerNode[] places, Membership heir) {
        this.places = new WeakReference[places.length];
        for (int i = 0; i < places.length; i++) {
            this.places[i] = new WeakReference<>(places[i]);
        }
        this.heir = heir;
    }

    /** The container, or the heir's if no thread can tell. */
    ContainerNode container(HierarchyTree hierarchy) {
        ContainerNode known =
                hierarchy.index < places.length ? places[hierarchy.index].get() : null;
        return known == null ? heir.container(hierarchy) : known;
    }
}
