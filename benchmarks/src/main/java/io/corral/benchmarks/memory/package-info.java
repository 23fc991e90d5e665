/** The live heap that a thread costs. */
@NullMarked
package io.corral.benchmarks.memory;

import org.jspecify.annotations.NullMarked;
