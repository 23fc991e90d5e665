package io.corral.runtime.container;

/**
 * The home of a thread's member: the membership it belongs to, or the last one if the thread has
 * ended.
 */
public sealed interface Home permits Membership, LastHome {}
