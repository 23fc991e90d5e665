/**
 * The command line, one class for each command. Options and rules are parsed by the agent's own
 * classes.
 */
@NullMarked
package io.corral.tools;

import org.jspecify.annotations.NullMarked;
