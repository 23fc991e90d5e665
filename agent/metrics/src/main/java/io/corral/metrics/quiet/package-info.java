/**
 * Takes the place of {@code java.util.logging} in the packed libraries: they print nothing, and the
 * application's logging is not initialized.
 */
@NullMarked
package io.corral.metrics.quiet;

import org.jspecify.annotations.NullMarked;
