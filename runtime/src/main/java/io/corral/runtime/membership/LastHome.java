package io.corral.runtime.membership;

/**
 * The home of a thread that has ended. Its exit callbacks and its last steps are charged to the
 * membership, and it is no longer a member. Each membership has one such home.
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
