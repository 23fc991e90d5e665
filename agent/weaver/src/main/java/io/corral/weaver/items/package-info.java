/** Writes hooks into executors of the application that have a queue of their own. */
@NullMarked
package io.corral.weaver.items;

import org.jspecify.annotations.NullMarked;
