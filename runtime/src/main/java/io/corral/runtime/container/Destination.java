package io.corral.runtime.container;

/** The destination of a scope: one or several containers. */
public interface Destination {

    /** The membership of a thread that works at {@code place} and enters this destination. */
    Membership from(Membership place);
}
