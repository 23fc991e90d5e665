/**
 * Who ran meanwhile: while ready threads of a container wait for a CPU, which other containers use
 * CPU time. It is computed by a thread of its own, and only while a view asks for it.
 */
@NullMarked
package io.corral.runtime.contention;

import org.jspecify.annotations.NullMarked;
