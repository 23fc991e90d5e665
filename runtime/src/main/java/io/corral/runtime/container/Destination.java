package io.corral.runtime.container;

/** Where a scope leads to. */
public interface Destination {

    /** Where one works who comes here from {@code place}. */
    Membership from(Membership place);
}
