package io.corral.runtime.membership;

/** The home of a thread: its membership or, if the thread has ended, its last membership. */
public sealed interface Home permits Membership, LastHome {}
