/**
 * Reads the metrics endpoints of JVMs, over HTTP: the text that Corral's exporter serves, and the
 * usage of containers in it.
 */
@NullMarked
package io.corral.commands.endpoint;

import org.jspecify.annotations.NullMarked;
