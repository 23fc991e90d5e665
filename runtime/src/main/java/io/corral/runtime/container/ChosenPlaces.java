package io.corral.runtime.container;

import org.jspecify.annotations.Nullable;

/**
 * The places that Corral chooses by itself: each root; {@code /jvm}, {@code /pools} and
 * {@code /threads} of the hierarchy {@code main}; the containers of rules with the word
 * {@code chosen}; and all containers below these. Other containers are the user's: threads that are
 * started there inherit them, and tasks that are submitted there are charged to them.
 */
public final class ChosenPlaces {

    /** The container of threads that are started from a chosen place. */
    public static final String THREADS = "threads";

    public static final String POOLS = "pools";

    public static final String JVM = "jvm";

    /** The name of the containers of virtual threads that are started from a chosen place. */
    private static final String VIRTUAL = "virtual";

    private ChosenPlaces() {}

    /** Whether a container is a chosen place even if no rule has chosen it. */
    static boolean contain(int hierarchy, @Nullable ContainerNode parent, String name) {
        if (parent == null) {
            return true;
        }
        if (parent.parent() != null) {
            return parent.isChosen();
        }
        return hierarchy == 0 && (name.equals(THREADS) || name.equals(POOLS) || name.equals(JVM));
    }

    /**
     * The place of virtual threads that are started from {@code starter}: its child
     * {@code virtual}; {@code /threads/virtual} for the root and the JVM's own places; and
     * {@code starter} itself if it is such a place or a child of one.
     */
    static ContainerNode virtual(ContainerNode starter) {
        ContainerNode above = starter.parent();
        if (above == null || starter.belongsToJvm()) {
            return starter.hierarchy().root().chosenChild(THREADS).chosenChild(VIRTUAL);
        }
        return isVirtual(starter) || isVirtual(above) ? starter : starter.chosenChild(VIRTUAL);
    }

    /** Whether this is a place of virtual threads. */
    static boolean isVirtual(ContainerNode place) {
        ContainerNode above = place.parent();
        return above != null && above.isChosen() && place.name().equals(VIRTUAL);
    }
}
