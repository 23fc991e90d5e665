/** Work that is done by slices, by JVMs that take turns. */
@NullMarked
package io.corral.benchmarks.slices;

import org.jspecify.annotations.NullMarked;
