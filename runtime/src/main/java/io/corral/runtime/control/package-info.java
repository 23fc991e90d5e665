/**
 * Limits: the door of requests, slots, and one class for each controller.
 * {@link io.corral.runtime.control.Door} decides whether a request may begin,
 * {@link io.corral.runtime.control.ControlTick} adjusts the numbers by exact CPU time.
 */
@NullMarked
package io.corral.runtime.control;

import org.jspecify.annotations.NullMarked;
