/** Hooks that find no stack or no heap. */
@NullMarked
package io.corral.integration.exhaustion;

import org.jspecify.annotations.NullMarked;
