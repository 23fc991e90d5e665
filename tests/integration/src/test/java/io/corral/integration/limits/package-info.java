/** Limits of containers: what they admit, delay and refuse, and what is counted. */
@NullMarked
package io.corral.integration.limits;

import org.jspecify.annotations.NullMarked;
