/** The CPU time of a whole JVM that prints one line. */
@NullMarked
package io.corral.benchmarks.start;

import org.jspecify.annotations.NullMarked;
