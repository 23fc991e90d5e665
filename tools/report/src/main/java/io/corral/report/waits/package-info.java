/** How long threads waited and what for, from the JDK's own events. */
@NullMarked
package io.corral.report.waits;

import org.jspecify.annotations.NullMarked;
