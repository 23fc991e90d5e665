/**
 * The queues in front of the JDK's scheduler of virtual threads: one for each fair container, and
 * one for all other threads. A queue's slots say how many of its threads run at once. The package
 * {@code control} sets the slots.
 */
@NullMarked
package io.corral.runtime.runqueue;

import org.jspecify.annotations.NullMarked;
