package io.corral.rules.limits;

import io.corral.rules.language.LineScanner;
import io.corral.rules.language.LineScanner.SyntaxException;
import io.corral.rules.language.OutcomeParser;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.container.Trees;
import io.corral.runtime.control.Control;
import io.corral.runtime.control.LimitSettings;

/**
 * Limits that a command sets for one container until they are reset. They are written as in a
 * {@code limit} line, without wildcards. What is wrong is an {@link IllegalArgumentException},
 * whose message says what is valid.
 */
public final class LimitOverride {

    private static final String COMMAND = "command";

    private final LimitPattern place;
    private final LimitSettings settings;

    private LimitOverride(LimitPattern place, LimitSettings settings) {
        this.place = place;
        this.settings = settings;
    }

    /** @param line such as {@code /tenants/acme requests.max 10 wait 2s} */
    public static LimitOverride parse(String line) {
        LineScanner in = new LineScanner(line);
        try {
            LimitPattern place = LimitPattern.parse(in);
            return new LimitOverride(
                    place, new LimitControlsParser(in, COMMAND).parse().settings());
        } catch (SyntaxException wrong) {
            throw wrong(wrong);
        }
    }

    /** Without a cause: a client of the MBean may be a JVM that lacks its class. */
    private static IllegalArgumentException wrong(SyntaxException wrong) {
        return new IllegalArgumentException(wrong.what());
    }

    /** @param place such as {@code /tenants/acme}, whose limits are those of the rules again */
    public static LimitOverride reset(String place) {
        LineScanner in = new LineScanner(place);
        try {
            LimitPattern pattern = LimitPattern.parse(in);
            OutcomeParser.end(in);
            return new LimitOverride(pattern, LimitSettings.NONE);
        } catch (SyntaxException wrong) {
            throw wrong(wrong);
        }
    }

    /**
     * Changes the container's limits, or resets them. It never gives way from now on.
     *
     * @throws IllegalArgumentException if there is no such container, or if it can't have them
     */
    public void apply() {
        ContainerNode node = node();
        try {
            Control.override(
                    node.held(), was -> settings.isEmpty() ? settings : settings.orElse(was));
        } catch (UnsupportedOperationException | IllegalStateException refused) {
            throw new IllegalArgumentException(refused.getMessage(), refused);
        }
    }

    private ContainerNode node() {
        for (HierarchyTree hierarchy : Trees.hierarchies()) {
            if (hierarchy.name().equals(place.hierarchy())) {
                ContainerNode node = hierarchy.root();
                for (String name : place.names()) {
                    node = child(node, name);
                }
                return node;
            }
        }
        throw new IllegalArgumentException("there is no hierarchy " + place.hierarchy());
    }

    private ContainerNode child(ContainerNode node, String name) {
        ContainerNode child = node.child(name);
        if (child == null) {
            throw new IllegalArgumentException("there is no container " + place
                    + (place.hasWildcards()
                            ? "; expected the path of one container"
                            : " now; a limit in the rules file is for containers to come, too"));
        }
        return child;
    }
}
