package io.corral.runtime.placement;

import io.corral.runtime.container.ContainerNode;

import org.jspecify.annotations.Nullable;

/**
 * A default rule, compiled: the file {@code default.rules} of the project is the source, and the
 * build compiles it with the rules' own parser.
 */
final class DefaultRule {

    /** The outcomes that are no paths, in the compiled form. */
    static final String VIRTUAL_PLACE = "{virtual}";

    static final String INHERIT = "inherit";

    private static final String POOLS = "pools";

    /** The containers that the rule leads to; null if the outcome is no path. */
    private final @Nullable NamedPlaces places;

    /** The position in the file, from 0. */
    final int order;

    /** The file and line. */
    final String location;

    final boolean forPlatform;
    final boolean forVirtual;
    final DefaultCondition[] conditions;

    private final boolean isVirtualPlace;

    private final boolean leadsToPools;

    DefaultRule(
            int order,
            String location,
            String kind,
            String outcome,
            @Nullable NamedPlaces places,
            DefaultCondition[] conditions) {
        this.order = order;
        this.location = location;
        this.forPlatform = !kind.equals("VIRTUAL");
        this.forVirtual = !kind.equals("PLATFORM");
        this.conditions = conditions;
        this.isVirtualPlace = outcome.equals(VIRTUAL_PLACE);
        this.places = places;
        this.leadsToPools = outcome.equals(POOLS);
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

    /** Whether the rule says that tasks of this class are those of a pool's workers. */
    boolean isForPoolsTask(String type) {
        return leadsToPools && conditions.length == 1 && conditions[0].isForTask(type);
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
        if (isVirtualPlace) {
            return starter.virtualPlace();
        }
        return places == null ? starter : places.of(thread.getName());
    }
}
