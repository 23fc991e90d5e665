/**
 * Publishes usage as JFR events. Only this package uses {@code jdk.jfr}: it is not loaded without
 * that module, and not initialized before JFR. It has a separate class loader;
 * {@link io.corral.runtime.notice.Recorder} says why. Reads usage by the API, and never charges.
 */
@NullMarked
package io.corral.events.jfr;

import org.jspecify.annotations.NullMarked;
