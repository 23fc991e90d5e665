package io.corral.runtime.container;

import org.jspecify.annotations.Nullable;

/**
 * What the table and the containers have of a membership: the membership itself, or a weak
 * reference if it is {@linkplain Combinations not kept}.
 */
interface MembershipRef {

    /** Null once the membership was let go. */
    @Nullable Membership get();

    /** Under {@link Trees#LOCK}: where this is in each hierarchy's {@link Memberships}. */
    int[] slots();

    /** See {@link #slots()}. */
    void slots(int[] slots);
}
