/**
 * What the other packages use to write calls of hooks into methods, and to find the loaded classes.
 */
@NullMarked
package io.corral.weaver.common;

import org.jspecify.annotations.NullMarked;
