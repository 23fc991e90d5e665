package io.corral.runtime.container;

import io.corral.runtime.accounting.MutableUsage;
import io.corral.runtime.container.ContainerLife.State;
import io.corral.runtime.jdk.DontInline;
import io.corral.runtime.jdk.ReservedStack;
import io.corral.runtime.notice.Observer;

/** Takes a container out of its tree. */
final class Removal {

    private Removal() {}

    static void remove(ContainerNode container) {
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
        container.awaitIntroductionBriefly();
        synchronized (Trees.LOCK) {
            container.checkLive("remove");
            if (container.childCount() > 0) {
                throw new IllegalStateException("container " + container
                        + " can't be removed: it has children " + container.childNames());
            }
            retire(container, parent);
        }
        Observer observer = Observer.Current.observer;
        if (observer != null) {
            observer.containerRemoved(container.api());
        }
        ContainerListener listener = Trees.listener();
        if (listener != null) {
            listener.containerRemoved(container);
        }
    }

    /**
     * If there is no memory or no stack for the removal, the container stays. Restoring its state
     * takes no call.
     */
    private static void retire(ContainerNode container, ContainerNode parent) {
        Retirement retirement = null;
        try {
            // Checked before the mark too, because the mark stops forks for a moment.
            if (container.hasMembers() || !markIfEmpty(container)) {
                throw new IllegalStateException(
                        "container " + container + " can't be removed: it has members");
            }
            container.memberships.removeCollected();
            for (Membership in : container.memberships()) {
                MembershipTable.forgetMoves(in.places(), container);
            }
            retirement = new Retirement(container);
            if (parent.removed == null) {
                parent.removed = new MutableUsage();
            }
            complete(container, parent, retirement);
        } finally {
            if (retirement == null || !retirement.isBegun) {
                container.state = State.LIVE;
            }
        }
    }

    /**
     * Marks the container before it counts members. A fork counts its thread before it checks for
     * the mark. So one of the two sees the other.
     */
    private static boolean markIfEmpty(ContainerNode container) {
        State outcome = State.LIVE;
        container.state = State.REMOVING;
        try {
            if (!container.hasMembers()) {
                outcome = State.REMOVED;
            }
        } finally {
            container.state = outcome;
        }
        return outcome == State.REMOVED;
    }

    @DontInline
    @ReservedStack
    private static void complete(
            ContainerNode container, ContainerNode parent, Retirement retirement) {
        retirement.isBegun = true;
        parent.forget(container);
        container.hierarchy().nodes.remove(container);
        Rollup.keepRemoved(container, parent);
        Bounds.add(-1);
        retirement.commit();
        Rollup.dropped();
    }
}
