/** Hooks that find no stack or no heap. */
@NullMarked
package io.corral.it.exhaustion;

import org.jspecify.annotations.NullMarked;
