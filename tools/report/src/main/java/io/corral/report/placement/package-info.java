/** Decides in which container a thread was when it was sampled. */
@NullMarked
package io.corral.report.placement;

import org.jspecify.annotations.NullMarked;
