package io.corral.runtime.container;

/** What the package {@code control} keeps for a container: its limits and those above it. */
public interface NodeControl {}
