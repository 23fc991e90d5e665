/**
 * The demo: starts the service under the agent and the load generator, stops both, and prints what
 * the recording says.
 *
 * <p>{@link io.corral.examples.demo.Demo} goes through it step by step; it runs without the agent
 * and without Corral's classes, as any tool that only reads recordings. Nothing is null unless it is
 * marked {@code @Nullable}.
 */
@NullMarked
package io.corral.examples.demo;

import org.jspecify.annotations.NullMarked;
