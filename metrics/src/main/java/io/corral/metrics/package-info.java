/**
 * Exports what containers have used to monitoring systems. Reads snapshots, and never charges. It
 * and its libraries are in a class loader of their own, which is made only if the option
 * {@code metrics} is given.
 */
@NullMarked
package io.corral.metrics;

import org.jspecify.annotations.NullMarked;
