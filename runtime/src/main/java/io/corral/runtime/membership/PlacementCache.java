package io.corral.runtime.membership;

/** What placement caches in a {@link Membership}. */
public interface PlacementCache {}
