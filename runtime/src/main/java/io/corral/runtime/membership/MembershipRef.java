package io.corral.runtime.membership;

import io.corral.runtime.container.AccountRef;

import org.jspecify.annotations.Nullable;

/**
 * The reference to a membership in the table and in containers: the membership itself, or a weak
 * reference if it is {@linkplain Combinations not kept}.
 */
interface MembershipRef extends AccountRef {

    /** The membership; null after it was collected. */
    @Override
    @Nullable Membership get();
}
