/** What containers and the process have used over time. */
@NullMarked
package io.corral.report.usage;

import org.jspecify.annotations.NullMarked;
