/** The agent's options: their keys, their sources, their values, and problems about them. */
@NullMarked
package io.corral.options;

import org.jspecify.annotations.NullMarked;
