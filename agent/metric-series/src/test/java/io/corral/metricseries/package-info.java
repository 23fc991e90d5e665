@NullMarked
package io.corral.metricseries;

import org.jspecify.annotations.NullMarked;
