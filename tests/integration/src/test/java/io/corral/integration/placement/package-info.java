/** Placement by default: pools, and the JVM's own threads. */
@NullMarked
package io.corral.integration.placement;

import org.jspecify.annotations.NullMarked;
