/** Makes one page of HTML from a flight recording. */
@NullMarked
package io.corral.report;

import org.jspecify.annotations.NullMarked;
