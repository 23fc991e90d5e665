/** CPU time and allocation: conserved, monotone, and as an independent source has them. */
@NullMarked
package io.corral.it.usage;

import org.jspecify.annotations.NullMarked;
