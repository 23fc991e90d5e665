/** The usage of containers and of the process over time. */
@NullMarked
package io.corral.report.usage;

import org.jspecify.annotations.NullMarked;
