package io.corral.runtime.membership;

import io.corral.runtime.container.ContainerListener;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.ContainerNode.State;
import io.corral.runtime.container.Trees;
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
        synchronized (Trees.LOCK) {
            container.checkLive("remove");
            if (container.childCount() > 0) {
                throw new IllegalStateException("container " + container
                        + " can't be removed: it has children " + container.childNames());
            }
            retire(container, parent);
            // A subsystem that is registered later is never told of the container.
            listener = Trees.listener();
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
     */
    private static void retire(ContainerNode container, ContainerNode parent) {
        Retirement retirement = null;
        try {
            // Checked before the mark too, because the mark stops forks for a moment.
            if (container.hasMembers() || !container.markRemovedIfEmpty()) {
                throw new IllegalStateException(
                        "container " + container + " can't be removed: it has members");
            }
            MembershipTable.removeCollected(container);
            for (Membership in : MembershipTable.in(container)) {
                MembershipTable.forgetMoves(in.places(), container);
            }
            retirement = new Retirement(container);
            parent.prepareRemovedSum();
            complete(container, parent, retirement);
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
