/**
 * The user's rules: parses and checks a rules file, and decides where threads, methods and tasks
 * are charged. Loaded by the agent's class loader, only if there is a rules file. The command line
 * checks files with the same classes.
 */
@NullMarked
package io.corral.runtime.rules;

import org.jspecify.annotations.NullMarked;
