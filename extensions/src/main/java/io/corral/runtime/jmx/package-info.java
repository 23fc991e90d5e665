/**
 * Shows snapshots as MBeans of the platform's MBean server. Loaded when that server is made. Reads
 * usage as any caller of the API does, and never charges.
 */
@NullMarked
package io.corral.runtime.jmx;

import org.jspecify.annotations.NullMarked;
