package io.corral.runtime.placement;

import io.corral.runtime.container.ContainerNode;

import org.jspecify.annotations.Nullable;

/**
 * A default rule in compiled form. Its source is the file {@code default.rules}, which the build
 * compiles with the parser of rules files.
 */
final class DefaultRule {

    /** The outcomes that are not paths, in the compiled form. */
    static final String VIRTUAL_PLACE = "{virtual}";

    static final String INHERIT = "inherit";

    private static final String POOLS = "pools";

    /** The containers to which the rule leads; null if the outcome is not a path. */
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
     * Whether the rule has a condition about the starter. If not, a thread that matches it does not
     * inherit in any hierarchy.
     */
    boolean asksForStarter() {
        for (DefaultCondition condition : conditions) {
            if (condition.asksForStarter()) {
                return true;
            }
        }
        return false;
    }

    /** Whether by this rule a thread with a task of this class is a worker of a pool. */
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

    /** The container of the thread in main; created if it does not exist. */
    ContainerNode container(Thread thread, ContainerNode starter) {
        if (isVirtualPlace) {
            return starter.virtualPlace();
        }
        return places == null ? starter : places.of(thread.getName());
    }
}
