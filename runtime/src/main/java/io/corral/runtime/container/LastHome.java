package io.corral.runtime.container;

/**
 * The home of a thread that has ended: its exit callbacks and its last steps are charged to the
 * membership, and it is a member nowhere. Each membership has one.
 */
public final class LastHome implements Home {

    private final Membership membership;

    LastHome(Membership membership) {
        this.membership = membership;
    }

    public Membership membership() {
        return membership;
    }
}
