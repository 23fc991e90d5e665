package io.corral.rules.methods;

import io.corral.rules.calls.Execution;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.Destination;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.control.Admission;
import io.corral.runtime.control.Refused;
import io.corral.runtime.control.RequestDestination;
import io.corral.runtime.membership.Measurement;
import io.corral.runtime.membership.Membership;
import io.corral.runtime.membership.Places;
import io.corral.runtime.membership.Route;
import io.corral.runtime.placement.EntryRules;
import io.corral.runtime.thread.Member;
import io.corral.runtime.thread.ScopeFrame;

import org.jspecify.annotations.Nullable;

/**
 * The destination of a scope that rules for requests open. Of the open scopes of a thread, those
 * within it tell whether code or another rule has placed the request since.
 */
final class RequestScope implements Route, EntryRules.Lasting, RequestDestination {

    private final PlacedRequest request;

    /** Whether it is the outermost scope of the request on its thread, or in its task. */
    private final boolean isOutermost;

    /** First those that rules for requests have chosen, then others. */
    private final ContainerNode[] containers;

    private final int ownCount;

    /** Whether the scope stays open when the method has returned. */
    private final boolean outlastsMethod;

    /** Whether nothing of the application has seen the request. */
    private final boolean isAtItsBegin;

    /** Whether a limit may count the request from here on. */
    private final boolean mayBeCounted;

    /** Whether it is counted when the counted parts have ended. */
    private final boolean countsAgain;

    /** Whether the server tells when the request ends. */
    private final boolean endIsKnown;

    /** The call that can be answered for; null if none can be, or when the request is let in. */
    private @Nullable Execution refusable;

    /** @param refusable the call that can be answered for; null if none can be */
    RequestScope(
            PlacedRequest request,
            boolean isOutermost,
            boolean outlastsMethod,
            boolean isAtItsBegin,
            boolean mayBeCounted,
            boolean countsAgain,
            boolean endIsKnown,
            @Nullable Execution refusable,
            FoundPlaces own,
            FoundPlaces others) {
        this.request = request;
        this.isOutermost = isOutermost;
        this.outlastsMethod = outlastsMethod;
        this.isAtItsBegin = isAtItsBegin;
        this.mayBeCounted = mayBeCounted;
        this.countsAgain = countsAgain;
        this.endIsKnown = endIsKnown;
        this.refusable = refusable;
        this.containers = own.followedBy(others);
        this.ownCount = own.count();
    }

    /** The scope of a call that has been let in, with other containers. */
    private RequestScope(RequestScope admitted, ContainerNode[] containers) {
        this.request = admitted.request;
        this.isOutermost = admitted.isOutermost;
        this.outlastsMethod = admitted.outlastsMethod;
        this.isAtItsBegin = admitted.isAtItsBegin;
        this.mayBeCounted = admitted.mayBeCounted;
        this.countsAgain = admitted.countsAgain;
        this.endIsKnown = admitted.endIsKnown;
        this.containers = containers;
        this.ownCount = admitted.ownCount;
    }

    @Override
    public Membership from(Membership place) {
        return place.moveTo(containers, containers.length);
    }

    @Override
    public boolean outlastsMethod() {
        return outlastsMethod;
    }

    @Override
    public boolean mayWait() {
        return isAtItsBegin && (refusable == null || refusable.mayBlock());
    }

    @Override
    public boolean mayBeCounted() {
        return mayBeCounted || countsAgain;
    }

    @Override
    public boolean countsAgain() {
        return countsAgain;
    }

    @Override
    public @Nullable Admission admission() {
        return request.admission();
    }

    @Override
    public void admitted(Admission admission) {
        refusable = null;
        request.admission(admission);
        if (endIsKnown) {
            admission.becomesAsync();
        }
    }

    @Override
    public boolean canRefuse() {
        return refusable != null;
    }

    @Override
    public boolean refuse(Refused refused) {
        Execution call = refusable;
        refusable = null;
        if (call == null) {
            return false;
        }
        // The server may end the request while it is answered.
        request.refused(refused);
        if (call.refuse(refused)) {
            return true;
        }
        request.refused(null);
        return false;
    }

    @Override
    public boolean hasGivenWay() {
        return Places.haveGivenWay(containers);
    }

    @Override
    public RequestScope again() {
        ContainerNode[] again = Places.again(containers);
        return again == containers ? this : new RequestScope(this, again);
    }

    /**
     * The request that the thread works for: that of its innermost scope for requests. Null if
     * there is none, or if the thread runs another task within it.
     */
    static @Nullable PlacedRequest current(Member member) {
        for (ScopeFrame open = member.openFrame(); open != null; open = open.outer) {
            Destination destination = open.destination();
            if (destination instanceof RequestScope scope) {
                return scope.request;
            }
            if (beginsTask(destination)) {
                return null;
            }
        }
        return null;
    }

    /**
     * Whether the innermost scope that leads into a hierarchy was opened by code or by another
     * rule, within the scopes of a request.
     *
     * @param request null or another one than {@link #current}: within any scope for requests, or
     *     within the task that the thread runs
     */
    static boolean isPlacedByOthers(
            Member member, @Nullable PlacedRequest request, HierarchyTree hierarchy) {
        for (ScopeFrame open = member.openFrame(); open != null; open = open.outer) {
            Destination destination = open.destination();
            if (destination instanceof RequestScope scope) {
                if (scope.request != request || scope.isOutermost || scope.leadsInto(hierarchy)) {
                    return scope.request == request && scope.isHeldIn(hierarchy);
                }
            } else if (destination instanceof ContainerNode container) {
                if (container.hierarchy() == hierarchy) {
                    return true;
                }
            } else if (destination instanceof Places places) {
                if (places.leadInto(hierarchy)) {
                    return true;
                }
            } else if (beginsTask(destination)) {
                return false;
            }
        }
        return false;
    }

    /**
     * Whether a scope is open that ends with one call of a server or with one task. A scope that
     * code or another rule has opened may stay open for a thread's life.
     */
    static boolean isWithinCallOrTask(Member member) {
        for (ScopeFrame open = member.openFrame(); open != null; open = open.outer) {
            Destination destination = open.destination();
            if (destination instanceof RequestScope || beginsTask(destination)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a destination is that of a task: its submitter's place. */
    private static boolean beginsTask(@Nullable Destination destination) {
        return !(destination instanceof ContainerNode
                || destination instanceof Places
                || destination instanceof Measurement);
    }

    private boolean leadsInto(HierarchyTree hierarchy) {
        return hierarchy.hasOneOf(containers, containers.length);
    }

    /** Whether code or another rule has chosen the container in a hierarchy. */
    private boolean isHeldIn(HierarchyTree hierarchy) {
        return leadsInto(hierarchy) && !hierarchy.hasOneOf(containers, ownCount);
    }

    @Override
    public String toString() {
        return containers.length == 0
                ? "a request without a rule"
                : new Places(containers).toString();
    }
}
