/**
 * Shows snapshots as MBeans of the platform's MBean server. Loaded when that server is created.
 * Reads usage by the API, and never charges.
 */
@NullMarked
package io.corral.events.jmx;

import org.jspecify.annotations.NullMarked;
