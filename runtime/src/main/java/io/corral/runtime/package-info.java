/** Wires the packages below into one agent. */
@NullMarked
package io.corral.runtime;

import org.jspecify.annotations.NullMarked;
