package io.corral.runtime.container;

/**
 * What a thread's member refers to: the membership it belongs to, or the one it belonged to last.
 */
public sealed interface Home permits Membership, LastHome {}
