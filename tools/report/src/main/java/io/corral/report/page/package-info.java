/** Writes the page: its data as JSON, and the HTML around them. */
@NullMarked
package io.corral.report.page;

import org.jspecify.annotations.NullMarked;
