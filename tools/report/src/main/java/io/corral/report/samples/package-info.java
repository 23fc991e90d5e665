/** The samples of a recording, and their stacks. */
@NullMarked
package io.corral.report.samples;

import org.jspecify.annotations.NullMarked;
