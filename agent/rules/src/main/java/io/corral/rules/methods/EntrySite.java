package io.corral.rules.methods;

import io.corral.rules.calls.CapturedVariables;
import io.corral.rules.calls.Execution;
import io.corral.rules.calls.WovenMethod;
import io.corral.rules.servers.KnownServers;
import io.corral.rules.servers.ServerMethod;
import io.corral.runtime.container.Destination;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A woven method, and the rules that match it at present. */
final class EntrySite {

    private static final EntryRule[] NONE = {};

    private final WovenMethod method;

    /** A lambda's captured variables, which precede the arguments that rules count. */
    private final CapturedVariables captured;

    /**
     * The rows of {@link KnownServers} for this method; empty if no server handles requests in it.
     */
    private final ServerMethod[] servers;

    private volatile EntryRule[] rules = NONE;

    /** See {@link #mayWait()}. Computed with the rules. */
    private volatile boolean mayWait;

    EntrySite(WovenMethod method, List<String> parameterTypes, CapturedVariables captured) {
        this.method = method;
        this.captured = captured;
        this.servers = RequestTarget.rows(method.className(), method.name(), parameterTypes);
    }

    WovenMethod method() {
        return method;
    }

    /** Whether a server can answer here for a request that a limit refuses. */
    boolean canRefuse() {
        for (ServerMethod each : servers) {
            if (each.canRefuse()) {
                return true;
            }
        }
        return false;
    }

    EntryRule[] rules() {
        return rules;
    }

    /** @param rules in the order of the file */
    void rules(EntryRule[] rules) {
        this.rules = rules;
        this.mayWait = mayWait(rules);
    }

    /**
     * Whether threads may wait here: all rules of one hierarchy say so, since any of them may be
     * the one that applies.
     */
    boolean mayWait() {
        return mayWait;
    }

    private static boolean mayWait(EntryRule[] rules) {
        for (EntryRule rule : rules) {
            if (rule.mayWait() && allMayWait(rules, rule.hierarchy())) {
                return true;
            }
        }
        return false;
    }

    private static boolean allMayWait(EntryRule[] rules, String hierarchy) {
        for (EntryRule rule : rules) {
            if (!rule.mayWait() && rule.hierarchy().equals(hierarchy)) {
                return false;
            }
        }
        return true;
    }

    /**
     * The destination of an execution.
     *
     * @param type the class that has the method
     * @param last the destination of the scope entered before, if it is known
     * @return null to stay; {@code last} if it leads to the same containers
     */
    @Nullable Destination destination(
            Class<?> type,
            @Nullable Object self,
            @Nullable Object[] arguments,
            @Nullable Destination last) {
        EntryRule[] known = rules;
        if (known.length == 0) {
            return null;
        }
        ServerMethod server = serverMethod(arguments);
        Execution execution = new Execution(method, server, type, self, arguments, captured);
        RequestPart part = server == null ? null : RequestPlaces.of(server, execution, known);
        if (part != null) {
            return part.destination();
        }
        if (known.length == 1) {
            return known[0].container(execution);
        }
        FoundPlaces found = new FoundPlaces(known.length);
        found.add(known, execution);
        return found.destination(last);
    }

    private @Nullable ServerMethod serverMethod(@Nullable Object[] arguments) {
        for (ServerMethod each : servers) {
            if (each.appliesTo(arguments)) {
                return each;
            }
        }
        return null;
    }
}
