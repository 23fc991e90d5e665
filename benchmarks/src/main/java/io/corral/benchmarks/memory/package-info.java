/** A program whose heap is counted, with the agent and without. */
@NullMarked
package io.corral.benchmarks.memory;

import org.jspecify.annotations.NullMarked;
