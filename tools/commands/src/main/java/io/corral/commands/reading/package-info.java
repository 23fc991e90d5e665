/** Reads the usage of containers from a running JVM or from a recording. */
@NullMarked
package io.corral.commands.reading;

import org.jspecify.annotations.NullMarked;
