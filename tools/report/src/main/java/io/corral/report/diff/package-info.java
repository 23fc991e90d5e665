/** Compares two recordings: what each container used in one and in the other. */
@NullMarked
package io.corral.report.diff;

import org.jspecify.annotations.NullMarked;
