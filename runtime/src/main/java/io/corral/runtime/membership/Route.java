package io.corral.runtime.membership;

import io.corral.runtime.container.Destination;

/** A destination other than a single container. */
public interface Route extends Destination {

    /** The membership of a thread that works at {@code place} and enters this destination. */
    Membership from(Membership place);
}
