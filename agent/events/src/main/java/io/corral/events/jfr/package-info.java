/**
 * Publishes usage as JFR events. Only this package uses {@code jdk.jfr}: it is not loaded without
 * that module, and not initialized before JFR. It is in the agent's class loader;
 * {@link io.corral.runtime.notice.Recorder} says why. Reads snapshots, and never charges.
 */
@NullMarked
package io.corral.events.jfr;

import org.jspecify.annotations.NullMarked;
