package io.corral.runtime.membership;

/**
 * What placement caches in a {@link Membership}. It has no methods, since memberships do not use
 * it.
 */
public interface PlacementCache {}
