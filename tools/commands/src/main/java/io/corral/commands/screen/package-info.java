/** The full-screen view of {@code top}. */
@NullMarked
package io.corral.commands.screen;

import org.jspecify.annotations.NullMarked;
