package io.corral;

import org.jspecify.annotations.Nullable;

/**
 * The result of a measured task, and what the task used.
 *
 * @param result what the task returned
 * @param usage see {@link Containers#measure(Runnable)}
 */
public record Measured<T extends @Nullable Object>(T result, Usage usage) {}
