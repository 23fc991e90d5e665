/** How far charged CPU time is from the truth. */
@NullMarked
package io.corral.benchmarks.accuracy;

import org.jspecify.annotations.NullMarked;
