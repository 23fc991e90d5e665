package io.corral.runtime.rules;

import io.corral.runtime.container.Combinations;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.Destination;
import io.corral.runtime.container.Membership;
import io.corral.runtime.container.Places;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A woven method, and the rules that match it at present. */
final class EntrySite {

    private static final EntryRule[] NONE = {};
    private static final OverflowPolicy[] NO_POLICIES = {};

    private final String className;
    private final String method;

    /** How many arguments precede those that rules count. */
    private final int skipped;

    /** The server whose requests the method handles, or null. */
    private final @Nullable HttpServer server;

    private volatile EntryRule[] rules = NONE;

    EntrySite(String className, String method, int skipped) {
        this.className = className;
        this.method = method;
        this.skipped = skipped;
        this.server = HttpServer.of(className, method);
    }

    /** The class name without the package. */
    String simpleClassName() {
        return ClassNames.simple(className);
    }

    String method() {
        return method;
    }

    @Nullable HttpServer server() {
        return server;
    }

    EntryRule[] rules() {
        return rules;
    }

    /** @param rules in the order of the file */
    void rules(EntryRule[] rules) {
        this.rules = rules;
    }

    /**
     * Where the thread works during an execution.
     *
     * @param last the destination of the scope entered before, if it is known
     * @param place where it works, if the cap on {@link Combinations} is reached; else null
     * @return null to stay; {@code last} if it leads to the same containers
     */
    @Nullable Destination destination(
            @Nullable Object self,
            @Nullable Object[] arguments,
            @Nullable Destination last,
            @Nullable Membership place) {
        EntryRule[] known = rules;
        if (known.length == 0) {
            return null;
        }
        Execution execution = new Execution(
                this,
                self,
                skipped == 0
                        ? arguments
                        : Arrays.copyOfRange(arguments, skipped, arguments.length));
        if (known.length == 1 && place == null) {
            return known[0].container(execution);
        }
        ContainerNode[] found = new ContainerNode[known.length];
        OverflowPolicy[] policies = place == null ? NO_POLICIES : new OverflowPolicy[known.length];
        int count = 0;
        for (EntryRule rule : known) {
            ContainerNode container =
                    rule.tree().hasOneOf(found, count) ? null : rule.container(execution);
            if (container != null) {
                if (place != null) {
                    policies[count] = rule.overflowPolicy();
                }
                found[count++] = container;
            }
        }
        if (count == 0
                || (place != null && !OverflowPolicy.makeRoom(place, found, policies, count))) {
            return null;
        }
        return count == 1 ? found[0] : places(found, count, last);
    }

    /** Reuses the known destination, so that the scope frame need not be written. */
    private static Places places(ContainerNode[] found, int count, @Nullable Destination last) {
        if (last instanceof Places known && known.are(found, count)) {
            return known;
        }
        ContainerNode[] exactly = new ContainerNode[count];
        System.arraycopy(found, 0, exactly, 0, count);
        return new Places(exactly);
    }

    @Override
    public String toString() {
        return className + "#" + method;
    }
}
