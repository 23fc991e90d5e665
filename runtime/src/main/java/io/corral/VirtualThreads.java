package io.corral;

import java.util.List;

/**
 * The result of {@link Container#virtualThreads()}.
 *
 * @param found live virtual threads, each once
 * @param missed the number of live members that were not found; {@link Usage#UNKNOWN} without the
 *     agent. It may include threads that started or were moved during the search
 */
public record VirtualThreads(List<Thread> found, long missed) {}
