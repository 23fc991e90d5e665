package io.corral.runtime.membership;

import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.Trees;
import io.corral.runtime.jdk.DontInline;
import io.corral.runtime.jdk.ReservedStack;
import io.corral.runtime.rollup.Rollup;

import org.jspecify.annotations.Nullable;

/**
 * Bounds the memory of memberships of two containers or more, roots and the JVM's own containers
 * excepted. There can be as many as the product of the numbers of containers in the hierarchies.
 *
 * <p>Up to the bound, which is an option of the agent, such a membership is <em>kept</em> until one
 * of its containers is removed. It takes about 460 bytes. The table, the containers and the caches
 * of moves refer weakly to one that is made above the bound. So it is collected when no thread,
 * scope, meter or task refers to it. No charge is lost then: an account with members, or with
 * charges that no reading has seen, is in {@link io.corral.runtime.accounting.ChangedAccounts}.
 * Only the usage that was charged to two of its containers at once is unknown from then on.
 *
 * <p>All methods are called under {@link Trees#LOCK}.
 */
public final class Combinations {

    /** The bound unless the options say otherwise. */
    public static final int BOUND = 100_000;

    /** The number of references to check when a combination is created that is not kept. */
    private static final int SLICE = 4;

    private static final int READINGS_SLICE = 1_000;

    private static volatile int bound = BOUND;

    private static int kept;

    /** The pairs of containers whose combinations were not kept; null if all were. */
    private static @Nullable PairFilter notKept;

    /**
     * The next reference to check, as the hand of a clock algorithm, in the ring of all weak
     * references; null if the ring is empty.
     */
    private static @Nullable WeakMembership hand;

    /** Whether a combination that is not kept was created since the last sweep. */
    private static boolean isSweepDue;

    private Combinations() {}

    /** Set by the agent, and by tests. Any thread may call. */
    public static void bound(int bound) {
        Combinations.bound = bound;
    }

    /** Used by tests. */
    public static int kept() {
        return kept;
    }

    /**
     * Whether all combinations of both containers, and of containers below them, were kept. Rarely
     * false even though they were; see {@link PairFilter}. Neither container may be a root.
     */
    public static boolean areKept(ContainerNode one, ContainerNode other) {
        PairFilter known = notKept;
        return known == null || !known.mayHave(one, other);
    }

    /** The membership itself if it is kept; otherwise a weak reference. */
    static MembershipRef refTo(Membership made, MembershipTable.Key key) {
        if (kept < bound || !isCombination(key.places)) {
            return made;
        }
        try {
            if (notKept == null) {
                notKept = new PairFilter();
            }
            WeakMembership weak = new WeakMembership(made, key);
            made.ref(weak);
            return weak;
        } catch (OutOfMemoryError exhausted) {
            // This exceeds the bound by one combination.
            return made;
        }
    }

    /** Called before the membership is in the table. */
    @DontInline
    @ReservedStack
    static void added(MembershipRef ref, ContainerNode[] places) {
        PairFilter filter = notKept;
        if (ref instanceof WeakMembership weak && filter != null) {
            addPairs(filter, places);
            link(weak);
            isSweepDue = true;
        } else if (isCombination(places)) {
            kept++;
        }
    }

    private static void addPairs(PairFilter filter, ContainerNode[] places) {
        for (int i = 1; i < places.length; i++) {
            for (int j = 0; j < i; j++) {
                addPairs(filter, places[i], places[j]);
            }
        }
    }

    /** Adds each pair of the two containers and their ancestors, except roots. */
    private static void addPairs(PairFilter filter, ContainerNode one, ContainerNode other) {
        for (ContainerNode at = one; at != null && at.parent() != null; at = at.parent()) {
            for (ContainerNode in = other; in != null && in.parent() != null; in = in.parent()) {
                filter.add(at, in);
            }
        }
    }

    /** Called after the membership was removed from the table. */
    static void removed(MembershipRef ref, ContainerNode[] places) {
        if (ref instanceof WeakMembership weak) {
            unlink(weak);
        } else if (isCombination(places)) {
            kept--;
        }
    }

    /**
     * Called after a combination was created: unread charges must not keep combinations reachable,
     * and references to collected ones must not fill the tables.
     */
    static void sweepIfDue() {
        if (isSweepDue) {
            isSweepDue = false;
            Rollup.dropped();
            sweep(SLICE);
        }
    }

    /** Called at a reading: many combinations may have been created at once, and none since. */
    public static void sweepAtReading() {
        sweep(READINGS_SLICE);
    }

    /** Checks {@code slice} references, and removes those to collected memberships. */
    private static void sweep(int slice) {
        WeakMembership next = hand;
        for (int i = 0; i < slice && next != null; i++) {
            hand = next.next;
            if (next.refersTo(null)) {
                remove(next);
            }
            next = hand;
        }
    }

    private static void remove(WeakMembership collected) {
        ContainerNode[] places = collected.key.places;
        MembershipTable.remove(collected);
        for (ContainerNode place : places) {
            MembershipTable.forgetMoves(places, place);
        }
    }

    private static void link(WeakMembership added) {
        WeakMembership next = hand;
        if (next == null) {
            hand = added;
            return;
        }
        added.next = next;
        added.previous = next.previous;
        next.previous.next = added;
        next.previous = added;
    }

    private static void unlink(WeakMembership removed) {
        if (hand == removed) {
            hand = removed.next == removed ? null : removed.next;
        }
        removed.previous.next = removed.next;
        removed.next.previous = removed.previous;
    }

    private static boolean isCombination(ContainerNode[] places) {
        int counted = 0;
        for (ContainerNode place : places) {
            if (place.parent() != null && !place.belongsToJvm()) {
                counted++;
            }
        }
        return counted > 1;
    }
}
