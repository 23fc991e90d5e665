/**
 * The user's rules: parses and checks a rules file, and answers where threads, methods and tasks
 * belong. Loaded only if there is a rules file, by the agent's class loader. The command line
 * checks files with the same classes.
 */
@NullMarked
package io.corral.runtime.rules;

import org.jspecify.annotations.NullMarked;
