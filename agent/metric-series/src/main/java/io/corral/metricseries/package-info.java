/** Turns snapshots into series whose counters never fall and whose rates add up. */
@NullMarked
package io.corral.metricseries;

import org.jspecify.annotations.NullMarked;
