/** Makes one page from a flight recording. */
@NullMarked
package io.corral.report;

import org.jspecify.annotations.NullMarked;
