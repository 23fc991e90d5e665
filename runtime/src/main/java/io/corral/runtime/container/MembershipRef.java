package io.corral.runtime.container;

import org.jspecify.annotations.Nullable;

/**
 * The reference to a membership in the table and in containers: the membership itself, or a weak
 * reference if it is {@linkplain Combinations not kept}.
 */
interface MembershipRef {

    /** The membership; null after it was collected. */
    @Nullable Membership get();

    /**
     * Under {@link Trees#LOCK}: the index of this reference in the {@link Memberships} of each of
     * its containers.
     */
    int[] slots();

    /** See {@link #slots()}. */
    void slots(int[] slots);
}
