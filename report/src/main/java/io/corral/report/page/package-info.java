/** The page: its data as JSON, and the HTML around it. */
@NullMarked
package io.corral.report.page;

import org.jspecify.annotations.NullMarked;
