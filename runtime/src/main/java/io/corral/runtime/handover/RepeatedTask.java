package io.corral.runtime.handover;

/** A task that comes again, and from where it came first. */
public interface RepeatedTask {}
