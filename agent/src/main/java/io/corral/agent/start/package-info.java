/**
 * The stages of the agent's start, and the changes when it is loaded again. Nothing here may link
 * to the runtime before {@link io.corral.agent.boot.BootLoader} has defined it.
 */
@NullMarked
package io.corral.agent.start;

import org.jspecify.annotations.NullMarked;
