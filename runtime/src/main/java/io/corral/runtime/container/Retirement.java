package io.corral.runtime.container;

/**
 * Ends the memberships of a removed container. It has two steps: the first takes all memory that is
 * needed, so that nothing is done if there is none. Under {@link Trees#LOCK}.
 */
final class Retirement {

    private final ContainerNode removed;
    private final Membership[] retiring;
    private final MembershipTable.Key[] places;
    private final RetiredPlaces[] retired;

    /** Whether the removal has begun and can no longer be undone. */
    boolean isBegun;

    /** Takes all the memory that it needs. */
    Retirement(ContainerNode removed) {
        this.removed = removed;
        retiring = removed.memberships();
        places = new MembershipTable.Key[retiring.length];
        retired = new RetiredPlaces[retiring.length];
        for (int i = 0; i < retiring.length; i++) {
            ContainerNode[] in = retiring[i].places();
            places[i] = new MembershipTable.Key(in);
            // None of them is in another removed container: it would have retired with that one.
            Membership heir = Trees.live(in);
            heir.prepareToInherit();
            retired[i] = new RetiredPlaces(in, heir);
        }
    }

    void commit() {
        for (int i = 0; i < retiring.length; i++) {
            retiring[i].retire(retired[i]);
            MembershipTable.remove(places[i], removed);
        }
    }
}
