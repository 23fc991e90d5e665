/** Containers as MBeans. */
@NullMarked
package io.corral.it.jmx;

import org.jspecify.annotations.NullMarked;
