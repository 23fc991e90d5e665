/**
 * The stages of the agent's start, and what can be changed when it is loaded once more. Nothing here may link to the runtime before
 * {@link io.corral.agent.boot.BootLoader} has defined it.
 */
@NullMarked
package io.corral.agent.start;

import org.jspecify.annotations.NullMarked;
