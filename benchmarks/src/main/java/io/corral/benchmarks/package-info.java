/** What Corral costs. */
@NullMarked
package io.corral.benchmarks;

import org.jspecify.annotations.NullMarked;
