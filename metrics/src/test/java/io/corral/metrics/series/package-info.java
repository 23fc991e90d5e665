@NullMarked
package io.corral.metrics.series;

import org.jspecify.annotations.NullMarked;
