package io.corral.rules.methods;

import io.corral.rules.calls.Execution;
import io.corral.rules.methods.PlacedRequest.Place;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.Destination;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.control.Admission;
import io.corral.runtime.control.LimitSwitch;
import io.corral.runtime.control.Refused;
import io.corral.runtime.thread.Member;

import org.jspecify.annotations.Nullable;

/**
 * One part of a request, such as a filter or the controller, on the thread that begins with it.
 *
 * <p>A rule for requests may replace what such a rule has chosen for an earlier part, and never
 * what code or another rule has chosen within the request. When a part begins on another thread, or
 * after an error, no scope tells that any more: then the remembered place counts.
 */
final class RequestPart {

    private final PlacedRequest request;
    private final Member member;
    private final Execution execution;

    /** The rules for the method, in the order of the file. */
    private final EntryRule[] rules;

    /** Whether the part begins within another one, so that scopes of the request are open. */
    private final boolean isWithin;

    /** Whether no part of the request has begun before. */
    private final boolean isFirst;

    /** Whether rules for requests are asked. */
    private final boolean decides;

    /** Whether a scope around the server's method leads into the hierarchy that is decided. */
    private boolean isWithinOthers;

    private final FoundPlaces own;
    private final FoundPlaces others;

    RequestPart(
            PlacedRequest request,
            Member member,
            Execution execution,
            EntryRule[] rules,
            boolean isWithin,
            boolean isFirst,
            boolean decides) {
        this.request = request;
        this.member = member;
        this.execution = execution;
        this.rules = rules;
        this.isWithin = isWithin;
        this.isFirst = isFirst;
        this.decides = decides;
        this.own = new FoundPlaces(rules.length);
        this.others = new FoundPlaces(rules.length);
    }

    /** @return null to stay */
    @Nullable Destination destination() {
        Refused refused = request.refused();
        if (refused != null) {
            return execution.canRefuse() && execution.refuse(refused)
                    ? new RefusedPart(refused)
                    : null;
        }
        for (int i = 0; i < rules.length; i++) {
            if (isFirstOfHierarchy(i)) {
                place(i);
            }
        }
        return isWithin && own.count() == 0 && others.count() == 0
                ? null
                : new RequestScope(
                        request,
                        !isWithin,
                        outlastsMethod(),
                        isFirst && !isWithin && execution.mayBeginRequest(),
                        execution.handlesRequest(),
                        execution.continuesWithoutEnd(),
                        execution.endIsKnown(),
                        LimitSwitch.isOn() && canRefuse() ? execution : null,
                        own,
                        others);
    }

    /**
     * Whether a limit may refuse the request here. Not when a part that a limit has let in has
     * ended: the request may go on.
     */
    private boolean canRefuse() {
        Admission earlier = request.admission();
        return execution.canRefuse()
                && !isCalledByCode()
                && !isCalledByServer()
                && (earlier == null || earlier.isOpen());
    }

    /** A part that goes on after the method ends with the call of the server, or with its task. */
    private boolean outlastsMethod() {
        return execution.preparesRequest() && RequestScope.isWithinCallOrTask(member);
    }

    /** Remembers the places that code or other rules have chosen. */
    void remember() {
        for (int i = 0; i < rules.length; i++) {
            if (rules[i].isForRequests() && isFirstOfHierarchy(i)) {
                isHeld(rules[i].tree());
            }
        }
    }

    private boolean isFirstOfHierarchy(int index) {
        for (int i = 0; i < index; i++) {
            if (rules[i].tree() == rules[index].tree()) {
                return false;
            }
        }
        return true;
    }

    /** Finds the container in one hierarchy. */
    private void place(int first) {
        HierarchyTree hierarchy = rules[first].tree();
        Place known = request.in(hierarchy);
        boolean isAsked = decides;
        boolean isForRequests = false;
        boolean isHeld = false;
        for (int i = first; i < rules.length; i++) {
            EntryRule rule = rules[i];
            if (rule.tree() != hierarchy) {
                continue;
            }
            if (rule.isForRequests() && !isForRequests) {
                isForRequests = true;
                isHeld = isHeld(hierarchy) || resumes(known);
            }
            if (rule.isForRequests() && (isHeld || !isAsked)) {
                continue;
            }
            ContainerNode container = rule.find(execution);
            if (container != null) {
                if (known == null || known.container() != container) {
                    rule.count(container);
                }
                choose(container, rule);
                return;
            }
            // A later line does not know more of the request.
            isAsked &= known == null || known.rule() != rule;
        }
        if (isForRequests && !isHeld) {
            stay(hierarchy, known);
        }
    }

    /** Whether code or another rule has chosen the place in a hierarchy. Remembers the place. */
    private boolean isHeld(HierarchyTree hierarchy) {
        isWithinOthers = RequestScope.isPlacedByOthers(member, request, hierarchy);
        if (!isWithinOthers) {
            return false;
        }
        if (!isWithin && !isCalledByCode()) {
            // The scopes around a server's thread do not belong to the request.
            return false;
        }
        remember(new Place(member.working().container(hierarchy), null));
        return true;
    }

    /** Whether a place that code or another rule has chosen counts again. */
    private boolean resumes(@Nullable Place known) {
        if (known == null || known.rule() != null || (isWithin && !isCalledByServer())) {
            return false;
        }
        others.add(known.container());
        return true;
    }

    private void choose(ContainerNode container, EntryRule rule) {
        if (!rule.isForRequests()) {
            others.add(container);
            return;
        }
        ContainerNode from = isWithinOthers && rule.alwaysMatches()
                ? member.working().container(container.hierarchy())
                : container;
        if (from != container) {
            rule.reportTaken(from, container);
        }
        remember(new Place(container, rule));
        addOwn(container);
    }

    /** No rule has chosen anything for this part. */
    private void stay(HierarchyTree hierarchy, @Nullable Place known) {
        if (known != null) {
            if (known.rule() != null) {
                addOwn(known.container());
            }
        } else if (!isWithin && execution.exchange() != null) {
            // The thread may have been working for another request.
            addOwn(member.homeOrRoot().container(hierarchy));
        }
    }

    private void addOwn(ContainerNode container) {
        if (!isWithin || member.working().container(container.hierarchy()) != container) {
            own.add(container);
        }
    }

    private void remember(Place place) {
        Place known = request.in(place.container().hierarchy());
        // What a part includes is only a section of it.
        if (!place.equals(known) && !execution.dispatch().equals("INCLUDE")) {
            request.put(place);
        }
    }

    /** Whether the application has the server begin this part, so that its scopes are open. */
    private boolean isCalledByCode() {
        String dispatch = execution.dispatch();
        return dispatch.equals("FORWARD") || dispatch.equals("INCLUDE");
    }

    /** Whether the server begins this part after another one has ended. */
    private boolean isCalledByServer() {
        String dispatch = execution.dispatch();
        return dispatch.equals("ERROR") || dispatch.equals("ASYNC");
    }
}
