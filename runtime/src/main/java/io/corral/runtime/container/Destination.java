package io.corral.runtime.container;

/**
 * The destination of a scope: a container, several containers, the place of a task's submitter, or
 * a measurement. What a thread's membership is there, memberships tell.
 */
public interface Destination {}
