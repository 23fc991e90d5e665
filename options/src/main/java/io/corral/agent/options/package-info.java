/** The agent's options: what they are, where they come from, and what is wrong with them. */
@NullMarked
package io.corral.agent.options;

import org.jspecify.annotations.NullMarked;
