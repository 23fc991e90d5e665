/**
 * How a thread starts: inheritance, the start protocol, every way to start a thread, failed starts
 * and races.
 */
@NullMarked
package io.corral.integration.fork;

import org.jspecify.annotations.NullMarked;
