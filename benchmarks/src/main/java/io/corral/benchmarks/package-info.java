/**
 * The command {@code corral bench}. Each suite has a package of its own; {@code harness} is what
 * the suites share. Nothing is null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.corral.benchmarks;

import org.jspecify.annotations.NullMarked;
