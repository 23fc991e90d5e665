/** How costs grow with the number of containers, hierarchies and threads. */
@NullMarked
package io.corral.benchmarks.growth;

import org.jspecify.annotations.NullMarked;
