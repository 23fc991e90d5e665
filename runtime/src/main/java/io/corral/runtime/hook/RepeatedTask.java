package io.corral.runtime.hook;

/** A task that comes again, and from where it came first. */
public interface RepeatedTask {}
