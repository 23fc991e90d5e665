/**
 * The demo: starts the service with the agent, puts it under load, stops it, and prints what the
 * recording has.
 *
 * <p>{@link io.corral.examples.demo.Demo} has the steps. The demo runs without the agent; it reads
 * the recording as the commands do. Nothing is null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.corral.examples.demo;

import org.jspecify.annotations.NullMarked;
