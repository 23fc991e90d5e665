package io.corral.runtime.usage;

import io.corral.runtime.accounting.MutableUsage;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.container.Trees;
import io.corral.runtime.membership.Combinations;
import io.corral.runtime.membership.Membership;
import io.corral.runtime.membership.MembershipTable;

import org.jspecify.annotations.Nullable;

/**
 * The usage that was charged to two containers of different hierarchies at once, with those below
 * them.
 */
final class CombinedUsage {

    private CombinedUsage() {}

    /** Under {@link Trees#LOCK}, when all sums are up to date. Null if it is unknown. */
    static @Nullable MutableUsage of(ContainerNode one, ContainerNode other) {
        // All usage is in the root.
        if (one.parent() == null || other.parent() == null) {
            return one.parent() == null ? other.sum() : one.sum();
        }
        if (!Combinations.areKept(one, other)) {
            return null;
        }
        MutableUsage sum = new MutableUsage();
        // A removed container keeps its memberships, which are in no other container's list.
        if (one.isRemoved() || !other.isRemoved()) {
            addWithin(one, other, sum);
        }
        if (other.isRemoved()) {
            addWithin(other, one, sum);
        }
        return sum;
    }

    private static void addWithin(ContainerNode node, ContainerNode other, MutableUsage into) {
        for (Membership membership : MembershipTable.in(node)) {
            if (HierarchyTree.isWithin(membership.container(other.hierarchy()), other)) {
                membership.addTo(into);
            }
        }
        for (ContainerNode child : node.childNodes()) {
            addWithin(child, other, into);
        }
    }
}
