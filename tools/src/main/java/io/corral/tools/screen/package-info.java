/** The full-screen view of {@code top}. */
@NullMarked
package io.corral.tools.screen;

import org.jspecify.annotations.NullMarked;
