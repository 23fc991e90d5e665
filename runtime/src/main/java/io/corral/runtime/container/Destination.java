package io.corral.runtime.container;

/** Where a scope leads to. */
public interface Destination {

    /** The membership of a thread that comes here from {@code place}. */
    Membership from(Membership place);
}
