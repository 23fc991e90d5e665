/**
 * Writes hooks into {@code Thread} and {@code VirtualThread}: where threads are created, start, are
 * mounted, and end. Each class is woven at all its {@linkplain io.corral.weaver.threads.WeavePoint
 * points} or not at all.
 */
@NullMarked
package io.corral.weaver.threads;

import org.jspecify.annotations.NullMarked;
