@NullMarked
package io.corral.series;

import org.jspecify.annotations.NullMarked;
