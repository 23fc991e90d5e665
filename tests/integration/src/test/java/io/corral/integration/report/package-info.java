/** The page that {@code corral report} makes. */
@NullMarked
package io.corral.integration.report;

import org.jspecify.annotations.NullMarked;
