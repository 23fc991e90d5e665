/** Decides where a thread is born, or adopted. */
@NullMarked
package io.corral.runtime.placement;

import org.jspecify.annotations.NullMarked;
