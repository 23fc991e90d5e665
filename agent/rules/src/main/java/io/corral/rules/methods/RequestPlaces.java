package io.corral.rules.methods;

import io.corral.rules.calls.Execution;
import io.corral.rules.servers.ServerMethod;
import io.corral.rules.servers.ServerMethod.Role;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.Destination;
import io.corral.runtime.handover.WeakIdentityMap;
import io.corral.runtime.membership.Membership;
import io.corral.runtime.thread.Member;
import io.corral.runtime.thread.Members;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * The containers of requests that pass through several methods of a server, perhaps on several
 * threads. They are decided when a request begins, and stored by the object that represents the
 * request.
 */
final class RequestPlaces {

    private static final WeakIdentityMap<Decided> BY_EXCHANGE = new WeakIdentityMap<>();

    private RequestPlaces() {}

    /**
     * The decision for an exchange. In Netty, the context of a handler is the exchange of several
     * requests, one after another.
     */
    private static final class Decided {

        /** Weak, since a request may refer to its exchange. */
        final WeakReference<Object> request;

        final ContainerNode[] containers;

        Decided(Object request, ContainerNode[] containers) {
            this.request = new WeakReference<>(request);
            this.containers = containers;
        }
    }

    /**
     * The containers of a request; empty if no rule has placed it.
     *
     * @param rules the rules for the method
     * @return null if the method is not called for a request, or no rule is for requests
     */
    static ContainerNode @Nullable [] decided(
            ServerMethod server, Execution execution, EntryRule[] rules) {
        Object exchange = haveOneForRequests(rules) ? execution.exchange() : null;
        if (exchange == null) {
            return null;
        }
        Decided known = BY_EXCHANGE.get(exchange);
        if (server.role() == Role.BEGIN) {
            Object request = execution.request();
            if (known == null || !known.request.refersTo(request)) {
                FoundPlaces found = new FoundPlaces(rules.length);
                found.addForRequests(rules, execution);
                known = new Decided(request, found.containers());
                BY_EXCHANGE.put(exchange, known);
            }
        } else if (server.role() == Role.END && known != null) {
            BY_EXCHANGE.replace(exchange, known, null);
        }
        return known == null ? null : known.containers;
    }

    private static boolean haveOneForRequests(EntryRule[] rules) {
        for (EntryRule rule : rules) {
            if (rule.isForRequests()) {
                return true;
            }
        }
        return false;
    }

    /**
     * The destination for a request. Other requests may run on the same thread, so a request that
     * no rule has placed is charged to the thread's home.
     *
     * @param decided the containers of the request
     * @param rules the rules for the method
     * @return null to stay
     */
    static @Nullable Destination destination(
            ContainerNode[] decided, Execution execution, EntryRule[] rules) {
        Member member = Members.currentOrNull();
        if (member == null) {
            return null;
        }
        FoundPlaces found = new FoundPlaces(decided.length + rules.length);
        for (ContainerNode container : decided) {
            found.add(container);
        }
        for (EntryRule rule : rules) {
            if (!found.has(rule.tree())) {
                ContainerNode container = rule.isForRequests()
                        ? member.homeOrRoot().container(rule.tree())
                        : rule.container(execution);
                if (container != null) {
                    found.add(container);
                }
            }
        }
        Destination destination = found.destination(member.innermostDestination());
        Membership working = member.working();
        return destination == null || working.enter(destination) == working ? null : destination;
    }
}
