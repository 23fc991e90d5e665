/** Placement by default: pools, and the JVM's own threads. */
@NullMarked
package io.corral.it.placement;

import org.jspecify.annotations.NullMarked;
