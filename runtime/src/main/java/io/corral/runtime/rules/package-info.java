/**
 * The user's rules: a file that says where threads belong. It is read here, checked, and turned into the
 * {@link io.corral.runtime.placement.ThreadRules} that placement asks. Loaded only where there is such a file, by a
 * class loader of its own; the command line reads and tries the same file with the same classes.
 */
@NullMarked
package io.corral.runtime.rules;

import org.jspecify.annotations.NullMarked;
