/**
 * How a thread starts: inheritance, the start protocol, every way to start a thread, failed starts
 * and races.
 */
@NullMarked
package io.corral.it.fork;

import org.jspecify.annotations.NullMarked;
