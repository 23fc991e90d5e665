package io.corral;

import java.util.List;

/**
 * The virtual threads that a walk has found; see {@link Container#virtualThreads()}.
 *
 * @param found live virtual threads, each once
 * @param missed how many more there are; {@link Usage#UNKNOWN} without the agent. A thread that
 *     started or was moved during the walk may be among them.
 */
public record VirtualThreads(List<Thread> found, long missed) {}
