package io.corral.runtime.container;

import java.util.Arrays;

/**
 * How many memberships are of several containers that are neither roots nor the JVM's. Each takes some 460 bytes until one of the
 * containers is removed, and there may be as many as one number of containers times the other: so rules, whose names may come from
 * a client, make no more from some number on, and tasks that are handed over do not either. Code does as it says.
 */
public final class Combinations {

    /** From here on rules that find several containers go to the first. 46 MB, and 20 to 50 ms for a reading of all. */
    public static final int MANY = 100_000;

    private static volatile int many = MANY;

    /** Written under {@link Trees#LOCK}, read without it: some may be made meanwhile. */
    private static int count;

    private Combinations() {}

    public static boolean areMany() {
        return count >= many;
    }

    /** Twice as many: nobody makes one but code. */
    public static boolean areMost() {
        return count >= 2 * many;
    }

    /** Whether one who is at {@code place} makes no further one by going to the first {@code count} of {@code containers}. */
    public static boolean haveRoomFor(Membership place, ContainerNode[] containers, int count) {
        ContainerNode[] places = Trees.with(place, containers, count);
        return counted(places) < 2
                || Arrays.equals(places, place.places())
                || Trees.find(places) != null;
    }

    /** Whether that is one. */
    public static boolean isOne(Membership place, ContainerNode[] containers, int count) {
        return counted(Trees.with(place, containers, count)) > 1;
    }

    /** For tests. */
    public static void manyAre(int many) {
        Combinations.many = many;
    }

    /** For tests. */
    public static int count() {
        return count;
    }

    /** Under {@link Trees#LOCK}: it is about to be interned. */
    static void added(Membership membership) {
        if (counted(membership.places()) > 1) {
            membership.isCounted = true;
            count++;
        }
    }

    /** Under {@link Trees#LOCK}: it is interned no more. */
    static void removed(Membership membership) {
        if (membership.isCounted) {
            membership.isCounted = false;
            count--;
        }
    }

    private static int counted(ContainerNode[] places) {
        int counted = 0;
        for (ContainerNode place : places) {
            if (place.parent() != null && !place.isJvms()) {
                counted++;
            }
        }
        return counted;
    }
}
