package io.corral.rules.methods;

import io.corral.rules.calls.Execution;
import io.corral.rules.language.UnusableValueException;
import io.corral.rules.servers.RequestIdentity;
import io.corral.rules.servers.ServerMethod;
import io.corral.runtime.control.Admission;
import io.corral.runtime.handover.WeakIdentityMap;
import io.corral.runtime.thread.Member;
import io.corral.runtime.thread.Members;

import org.jspecify.annotations.Nullable;

/**
 * The requests that are under way. A request passes through several methods of a server, perhaps on
 * several threads. It is found by the thread's scopes, by the object that stands for it, or by one
 * that leads to it.
 */
final class RequestPlaces {

    /** The requests by the object that stands for them, and by exchanges. */
    private static final WeakIdentityMap<PlacedRequest> KNOWN = new WeakIdentityMap<>();

    private RequestPlaces() {}

    /**
     * The part of a request that a server's method handles.
     *
     * @param rules the rules for the method
     * @return null if the method is not called for a request, or no rule is for requests
     */
    static @Nullable RequestPart of(ServerMethod server, Execution execution, EntryRule[] rules) {
        if (!haveOneForRequests(rules)) {
            return null;
        }
        Member member = Members.current();
        return switch (server.role()) {
            case BEGIN, REFINE, PREPARE -> begun(member, execution, rules);
            case CONTINUE -> continued(member, execution, rules, false);
            case END -> continued(member, execution, rules, true);
            case SUSPEND -> {
                suspend(member, execution, rules);
                yield null;
            }
            case RECYCLE -> {
                end(identity(execution));
                yield null;
            }
        };
    }

    private static boolean haveOneForRequests(EntryRule[] rules) {
        for (EntryRule rule : rules) {
            if (rule.isForRequests()) {
                return true;
            }
        }
        return false;
    }

    /** Null if there is no request. */
    private static @Nullable Object identity(Execution execution) {
        try {
            return RequestIdentity.of(execution.request());
        } catch (UnusableValueException none) {
            return null;
        }
    }

    private static @Nullable RequestPart begun(
            Member member, Execution execution, EntryRule[] rules) {
        Object request = identity(execution);
        if (request == null) {
            return null;
        }
        PlacedRequest current = RequestScope.current(member);
        PlacedRequest known = known(request, current);
        PlacedRequest placed = known == null ? new PlacedRequest(request) : known;
        if (known == null && current != null) {
            // The server below has let it in, such as Netty below Vert.x.
            placed.admission(current.admission());
        }
        if (known == null && RequestIdentity.isKnown(request)) {
            KNOWN.put(request, placed);
        }
        Object exchange = execution.exchange();
        if (exchange != null && exchange != request && KNOWN.get(exchange) != placed) {
            KNOWN.put(exchange, placed);
        }
        boolean decides = known == null || exchange == null;
        return new RequestPart(
                placed, member, execution, rules, placed == current, known == null, decides);
    }

    /**
     * @param current the request that the thread works for
     * @return null if the request is new
     */
    private static @Nullable PlacedRequest known(Object request, @Nullable PlacedRequest current) {
        boolean isKnown = RequestIdentity.isKnown(request);
        // What is not known may be a wrapper of the current request.
        if (current != null && (!isKnown || current.isFor(request))) {
            return current;
        }
        return isKnown ? KNOWN.get(request) : null;
    }

    private static @Nullable RequestPart continued(
            Member member, Execution execution, EntryRule[] rules, boolean isLast) {
        Object exchange = execution.exchange();
        PlacedRequest known = exchange == null ? null : KNOWN.get(exchange);
        if (known == null) {
            return null;
        }
        if (isLast) {
            end(exchange);
            end(known.request());
        }
        boolean isCurrent = known == RequestScope.current(member);
        return new RequestPart(known, member, execution, rules, isCurrent, false, false);
    }

    private static void suspend(Member member, Execution execution, EntryRule[] rules) {
        Object request = identity(execution);
        PlacedRequest current = RequestScope.current(member);
        if (request != null && current != null && current.isFor(request)) {
            new RequestPart(current, member, execution, rules, true, false, false).remember();
        }
        PlacedRequest suspended = request == null ? null : known(request, current);
        Admission admission = suspended == null ? null : suspended.admission();
        if (admission != null) {
            admission.becomesAsync();
        }
    }

    /** Called when the server ends a request that it may have gone on with. */
    private static void end(@Nullable Object key) {
        if (key == null) {
            return;
        }
        PlacedRequest known = KNOWN.get(key);
        if (known != null) {
            KNOWN.replace(key, known, null);
            Admission admission = known.admission();
            if (admission != null) {
                admission.serverEnds();
            }
        }
    }
}
