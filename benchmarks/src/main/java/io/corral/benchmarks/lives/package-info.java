/** Platform threads from start to end, by JVMs that take turns. */
@NullMarked
package io.corral.benchmarks.lives;

import org.jspecify.annotations.NullMarked;
