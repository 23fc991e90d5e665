/**
 * The demo: starts the service with the agent, puts it under load, stops it, and prints what the
 * recording has.
 *
 * <p>{@link io.corral.examples.demo.Demo} has the steps. Like any tool that only reads recordings
 * it runs without the agent and without Corral's classes. Nothing is null unless it is marked
 * {@code @Nullable}.
 */
@NullMarked
package io.corral.examples.demo;

import org.jspecify.annotations.NullMarked;
