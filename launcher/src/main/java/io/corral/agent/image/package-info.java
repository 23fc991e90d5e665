/**
 * What the jar carries in one piece, and the class loader that loads the agent from there. With {@link io.corral.agent.Agent}
 * this is all of it that the system class loader looks for in the jar.
 */
@NullMarked
package io.corral.agent.image;

import org.jspecify.annotations.NullMarked;
