package io.corral.runtime.membership;

import io.corral.runtime.container.ContainerListener;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.ContainerNode.State;
import io.corral.runtime.container.Occupancy;
import io.corral.runtime.container.Trees;
import io.corral.runtime.jdk.CarrierPin;
import io.corral.runtime.jdk.DontInline;
import io.corral.runtime.jdk.ReservedStack;
import io.corral.runtime.notice.Observer;
import io.corral.runtime.rollup.Rollup;

import org.jspecify.annotations.Nullable;

/** Takes a container out of its tree, and ends its memberships. */
public final class Removal {

    private Removal() {}

    public static void remove(ContainerNode container) {
        ContainerNode parent = container.parent();
        if (parent == null) {
            throw new UnsupportedOperationException(
                    "the root of hierarchy " + container.hierarchy() + " can't be removed");
        }
        if (container.belongsToJvm()) {
            throw new UnsupportedOperationException(
                    "container " + container + " is the JVM's own and can't be removed");
        }
        // Subsystems are told of a container before they are told of its removal. The wait has a
        // limit, since their callbacks may wait for what this thread does next.
        container.awaitCreationCallbacksBriefly();
        @Nullable ContainerListener listener;
        boolean isPinned = CarrierPin.pin();
        try {
            synchronized (Trees.LOCK) {
                container.checkLive("remove");
                if (container.childCount() > 0) {
                    throw new IllegalStateException("container " + container
                            + " can't be removed: it has children " + container.childNames());
                }
                if (!retire(container, parent, null)) {
                    throw new IllegalStateException(
                            "container " + container + " can't be removed: it has members");
                }
                // A subsystem that is registered later is never told of the container.
                listener = Trees.listener();
            }
        } finally {
            CarrierPin.unpin(isPinned);
        }
        removed(container, listener);
    }

    /**
     * Removes a container to make room. Whoever uses it later makes it again.
     *
     * @return whether it was removed; false if it is in use, has children, was removed before, or
     *     never gives way
     */
    public static boolean giveWay(ContainerNode container) {
        ContainerNode parent = container.parent();
        Occupancy occupancy = container.occupancy();
        if (parent == null || occupancy == null) {
            return false;
        }
        container.awaitCreationCallbacksBriefly();
        @Nullable ContainerListener listener;
        boolean isPinned = CarrierPin.pin();
        try {
            synchronized (Trees.LOCK) {
                if (container.isRemoved() || container.childCount() > 0 || occupancy.isHeld()) {
                    return false;
                }
                boolean hasGivenWay = false;
                try {
                    occupancy.comesBackAs(parent, container.name(), container.isChosen());
                    hasGivenWay = retire(container, parent, occupancy);
                } finally {
                    if (!hasGivenWay) {
                        occupancy.stays();
                    }
                }
                if (!hasGivenWay) {
                    return false;
                }
                listener = Trees.listener();
            }
        } finally {
            CarrierPin.unpin(isPinned);
        }
        removed(container, listener);
        return true;
    }

    private static void removed(ContainerNode container, @Nullable ContainerListener listener) {
        Occupancy occupancy = container.occupancy();
        if (occupancy != null) {
            occupancy.unlinked(container);
        }
        Observer observer = Observer.Current.observer;
        if (observer != null) {
            observer.containerRemoved(container.api());
        }
        if (listener != null) {
            container.tellRemoval(listener);
        }
    }

    /**
     * If there is no memory or no stack for the removal, the container stays. Restoring its state
     * takes no call.
     *
     * @param toGiveWay see {@link ContainerNode#markRemovedIfEmpty}
     * @return false if the container is in use, and stays
     */
    private static boolean retire(
            ContainerNode container, ContainerNode parent, @Nullable Occupancy toGiveWay) {
        Retirement retirement = null;
        try {
            // Checked before the mark too, because the mark stops forks for a moment.
            if (container.hasMembers() || !container.markRemovedIfEmpty(toGiveWay)) {
                return false;
            }
            MembershipTable.removeCollected(container);
            for (Membership in : MembershipTable.in(container)) {
                MembershipTable.forgetMoves(in.places(), container);
            }
            retirement = new Retirement(container);
            parent.prepareRemovedSum();
            complete(container, parent, retirement);
            return true;
        } finally {
            if (retirement == null || !retirement.isBegun) {
                container.state = State.LIVE;
            }
        }
    }

    @DontInline
    @ReservedStack
    private static void complete(
            ContainerNode container, ContainerNode parent, Retirement retirement) {
        retirement.isBegun = true;
        parent.unlink(container);
        Rollup.keepRemoved(container, parent);
        retirement.commit();
        Rollup.dropped();
    }
}
