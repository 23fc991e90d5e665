/**
 * Small programs, each of which shows one use of the API. They run with and without the agent.
 *
 * <p>{@link io.corral.examples.demo} runs a real service. Nothing is null unless it is marked
 * {@code @Nullable}.
 */
@NullMarked
package io.corral.examples;

import org.jspecify.annotations.NullMarked;
