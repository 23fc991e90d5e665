/** The page that {@code corral report} makes. */
@NullMarked
package io.corral.it.report;

import org.jspecify.annotations.NullMarked;
