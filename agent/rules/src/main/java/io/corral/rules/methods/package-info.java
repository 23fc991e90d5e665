/**
 * The rules that begin with {@code enter}: which methods they match, and the containers of their
 * calls.
 */
@NullMarked
package io.corral.rules.methods;

import org.jspecify.annotations.NullMarked;
