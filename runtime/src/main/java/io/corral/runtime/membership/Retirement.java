package io.corral.runtime.membership;

import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.Trees;

/**
 * Ends the memberships of a removed container. It has two steps. The first one allocates all memory
 * that the second one needs, so that an exhausted heap changes nothing. Under {@link Trees#LOCK}.
 */
final class Retirement {

    private final ContainerNode removed;
    private final Membership[] retiring;
    private final MembershipTable.Key[] places;
    private final RetiredPlaces[] retired;

    /** Whether the removal has begun and can no longer be undone. */
    boolean isBegun;

    /** Allocates all memory that {@link #commit} needs. */
    Retirement(ContainerNode removed) {
        this.removed = removed;
        retiring = MembershipTable.in(removed);
        places = new MembershipTable.Key[retiring.length];
        retired = new RetiredPlaces[retiring.length];
        for (int i = 0; i < retiring.length; i++) {
            ContainerNode[] in = retiring[i].places();
            places[i] = new MembershipTable.Key(in);
            // None of them is in another removed container, since it would have been retired with
            // that one.
            Membership successor = MembershipTable.live(in);
            successor.prepareForPredecessor();
            retired[i] = new RetiredPlaces(in, successor);
        }
    }

    void commit() {
        for (int i = 0; i < retiring.length; i++) {
            retiring[i].retire(retired[i]);
            MembershipTable.remove(places[i], removed);
        }
    }
}
