/** Reads a flight recording. */
@NullMarked
package io.corral.report.recording;

import org.jspecify.annotations.NullMarked;
