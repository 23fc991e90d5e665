/**
 * Exports the usage of containers to monitoring systems. Reads snapshots, and never charges. This
 * package and its libraries have a separate class loader, which is created only with the option
 * {@code metrics}.
 */
@NullMarked
package io.corral.metrics;

import org.jspecify.annotations.NullMarked;
