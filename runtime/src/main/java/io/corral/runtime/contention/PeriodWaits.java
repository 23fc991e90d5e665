package io.corral.runtime.contention;

import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.membership.Membership;

import java.util.IdentityHashMap;
import java.util.function.ObjDoubleConsumer;

/** How long ready threads have waited since the period began, by where they work. */
final class PeriodWaits {

    private final IdentityHashMap<Membership, Double> ofMemberships = new IdentityHashMap<>();
    private final IdentityHashMap<ContainerNode, Double> ofContainers = new IdentityHashMap<>();

    void add(Membership at, double nanos) {
        if (!at.belongsToJvm()) {
            ofMemberships.merge(at, nanos, Double::sum);
        }
    }

    /** Adds a wait of threads of which only a container of one hierarchy is known. */
    void add(ContainerNode at, double nanos) {
        ofContainers.merge(at, nanos, Double::sum);
    }

    /** Passes the waits in containers of a hierarchy; several for one container are possible. */
    void forEach(HierarchyTree hierarchy, ObjDoubleConsumer<ContainerNode> action) {
        ofMemberships.forEach((at, nanos) -> action.accept(at.container(hierarchy), nanos));
        ofContainers.forEach((at, nanos) -> {
            if (at.hierarchy() == hierarchy) {
                action.accept(at, nanos);
            }
        });
    }

    void clear() {
        ofMemberships.clear();
        ofContainers.clear();
    }
}
