package io.corral.runtime.placement;

import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.Trees;

/**
 * A default rule, compiled: the file {@code default.rules} of the project is the source, and the
 * build compiles it with the rules' own parser.
 */
final class DefaultRule {

    private static final String[] NONE = {};

    /** The container's path below the root of main, for each name of threads. */
    private final String[] path;

    private final NamedPlaces places = new NamedPlaces();

    /** The position in the file, from 0. */
    final int order;

    /** The file and line. */
    final String location;

    final boolean forPlatform;
    final boolean forVirtual;
    final DefaultCondition[] conditions;

    /** Whether the outcome is the virtual place of the starter, and no path. */
    final boolean isVirtualPlace;

    /** Whether the outcome is where the starter works. */
    final boolean inherits;

    DefaultRule(
            int order,
            String location,
            String kind,
            String outcome,
            DefaultCondition[] conditions) {
        this.order = order;
        this.location = location;
        this.forPlatform = !kind.equals("VIRTUAL");
        this.forVirtual = !kind.equals("PLATFORM");
        this.conditions = conditions;
        this.inherits = outcome.equals("inherit");
        this.isVirtualPlace = outcome.equals("{virtual}");
        this.path = inherits || isVirtualPlace ? NONE : outcome.split("/", -1);
    }

    /**
     * Whether the rule asks where the starter works. If it does not, a thread that it takes does
     * not inherit in any hierarchy.
     */
    boolean asksForStarter() {
        for (DefaultCondition condition : conditions) {
            if (condition.asksForStarter()) {
                return true;
            }
        }
        return false;
    }

    /** @param inheritsAlways whether no starter counts as being in a chosen place */
    boolean takes(Thread thread, boolean virtual, ContainerNode starter, boolean inheritsAlways) {
        for (DefaultCondition condition : conditions) {
            if (!condition.holds(thread, virtual, starter, inheritsAlways)) {
                return false;
            }
        }
        return true;
    }

    /** The container of the thread in main; made if there is none. */
    ContainerNode container(Thread thread, ContainerNode starter) {
        if (inherits) {
            return starter;
        }
        if (isVirtualPlace) {
            return starter.virtualPlace();
        }
        ContainerNode node = Trees.MAIN.root();
        for (String name : path) {
            node = node.chosenChild(name);
        }
        return places.of(node, thread.getName());
    }
}
