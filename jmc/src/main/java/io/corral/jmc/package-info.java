/**
 * Rules for the automated analysis of JDK Mission Control. They say of a recording what the alerts
 * for Prometheus say of a running JVM.
 */
@NullMarked
package io.corral.jmc;

import org.jspecify.annotations.NullMarked;
