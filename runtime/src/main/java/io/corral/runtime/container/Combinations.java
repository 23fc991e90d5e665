package io.corral.runtime.container;

import java.util.Arrays;

/**
 * Counts memberships of two containers or more, roots and the JVM's own containers excepted, and
 * caps how many of them rules make.
 *
 * <p>Such a membership takes about 460 bytes until one of its containers is removed. There can be
 * as many as the product of the numbers of containers in the hierarchies, and the names that rules
 * use may come from a client. So rules make no further combination once there are {@link #CAP}. A
 * container that code names is always entered, and a task keeps its submitter's containers.
 */
public final class Combinations {

    /** About 46 MB of heap. A reading of all containers takes 20 to 50 ms then. */
    public static final int CAP = 100_000;

    private static volatile int cap = CAP;

    /** Written under {@link Trees#LOCK}, read without it, so the cap may be exceeded by a few. */
    private static int count;

    private Combinations() {}

    public static boolean isCapReached() {
        return count >= cap;
    }

    /**
     * Whether going from {@code place} to the first {@code count} of {@code containers} makes no
     * new combination: the result exists already, or is not a combination.
     */
    public static boolean areKnown(Membership place, ContainerNode[] containers, int count) {
        ContainerNode[] places = Trees.with(place, containers, count);
        return counted(places) < 2
                || Arrays.equals(places, place.places())
                || Trees.find(places) != null;
    }

    /**
     * Whether {@code place} with the first {@code count} of {@code containers} is a combination.
     */
    public static boolean combines(Membership place, ContainerNode[] containers, int count) {
        return counted(Trees.with(place, containers, count)) > 1;
    }

    /** Used by tests. */
    public static void cap(int cap) {
        Combinations.cap = cap;
    }

    /** Used by tests. */
    public static int count() {
        return count;
    }

    /** Under {@link Trees#LOCK}, before the membership is interned. */
    static void added(Membership membership) {
        if (counted(membership.places()) > 1) {
            membership.isCounted = true;
            count++;
        }
    }

    /** Under {@link Trees#LOCK}, after the membership is no longer interned. */
    static void removed(Membership membership) {
        if (membership.isCounted) {
            membership.isCounted = false;
            count--;
        }
    }

    private static int counted(ContainerNode[] places) {
        int counted = 0;
        for (ContainerNode place : places) {
            if (place.parent() != null && !place.belongsToJvm()) {
                counted++;
            }
        }
        return counted;
    }
}
