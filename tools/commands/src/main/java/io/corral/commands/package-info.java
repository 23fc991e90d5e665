/**
 * The command line, with one class for each command. Options, rules and default places are those of
 * the agent's own classes.
 */
@NullMarked
package io.corral.commands;

import org.jspecify.annotations.NullMarked;
