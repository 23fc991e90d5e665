/**
 * Rules for the automated analysis of JDK Mission Control. They find in a recording what the alerts
 * for Prometheus find in a running JVM.
 */
@NullMarked
package io.corral.jmc;

import org.jspecify.annotations.NullMarked;
