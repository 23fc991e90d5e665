/**
 * Packs the agent's jar: the modules' class files in images, in the order in which they are
 * defined, with the libraries that they use.
 */
@NullMarked
package io.corral.packager;

import org.jspecify.annotations.NullMarked;
