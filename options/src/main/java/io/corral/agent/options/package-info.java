/** The agent's options: their keys, their sources, their values, and problems about them. */
@NullMarked
package io.corral.agent.options;

import org.jspecify.annotations.NullMarked;
