/**
 * The stages of the agent's start, and the changes when it is loaded again. Nothing here may link
 * to the runtime before {@link io.corral.start.boot.BootLoader} has defined it.
 */
@NullMarked
package io.corral.start;

import org.jspecify.annotations.NullMarked;
