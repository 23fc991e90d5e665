/** CPU time and allocation: conserved, monotone, and as an independent source has them. */
@NullMarked
package io.corral.integration.usage;

import org.jspecify.annotations.NullMarked;
