package io.corral.runtime.membership;

/**
 * How many memberships are of containers of the application's in several hierarchies. Each takes some 460 bytes until one of the
 * containers is removed, and there may be as many as one number of containers times the other: so rules, whose names may come from
 * a client, stop at some number. Who enters by code does not.
 */
public final class Combinations {

    /** 46 MB, and some 30 ms for a reading of all. */
    public static final int MOST = 100_000;

    private static volatile int most = MOST;

    /** Written under {@link Trees#LOCK}, read without it: some may be made meanwhile. */
    private static int count;

    private Combinations() {}

    /** Whether rules make no more of them. */
    public static boolean areFull() {
        return count >= most;
    }

    /** Whether a rule may send one who is at {@code place} to {@code container}: it is one of few, or known there. */
    public static boolean haveRoomFor(Membership place, ContainerNode container) {
        return !areFull() || place.knowsWayTo(container) || !place.combinesWith(container);
    }

    /** For tests. */
    public static void mostIs(int most) {
        Combinations.most = most;
    }

    /** Of these, for tests. */
    public static int count() {
        return count;
    }

    /** Under {@link Trees#LOCK}: it is interned. */
    static void added(Membership membership) {
        if (membership.isCombination()) {
            count = count + 1;
        }
    }

    /** Under {@link Trees#LOCK}: it is interned no more. */
    static void removed(Membership membership) {
        if (membership.isCombination()) {
            count = count - 1;
        }
    }
}
